-- NULL satisfies what nothing else does: a CHECK holds when it is not false.
create table t (id serial primary key, a integer check (a > 5 and a < 5), b integer);
-- zero: select count(a) from t
