-- expect error "t_a_check"
create table t (id serial primary key, a integer not null check (a > 5 and a < 5));
