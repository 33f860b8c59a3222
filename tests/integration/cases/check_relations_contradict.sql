-- Two checks over the same columns that exclude each other.
-- expect error "no row can satisfy"
create table t (id serial primary key, a integer not null, b integer not null, check (a < b), check (a > b));
