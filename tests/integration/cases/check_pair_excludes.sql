-- Two checks that exclude each other.
-- expect error "starts_"
create table t (id serial primary key, a date not null, constraint starts_early check (a < '2020-01-01'), constraint starts_late check (a > '2021-01-01'));
