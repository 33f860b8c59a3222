-- A length that the column cannot hold.
-- expect error "t_a_check"
create table t (id serial primary key, a varchar(3) not null check (length(a) > 5));
