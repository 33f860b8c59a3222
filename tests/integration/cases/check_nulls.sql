create table t (
    id serial primary key, a integer, b integer, c text, d date, e date, f numeric,
    check (a is null or b is null), check ((a is null) = (c is null)), check (d is not null or e is not null), check (num_nonnulls(a, b, f) = 1), check (coalesce(d, e) > '2020-06-01')
);
create table u (id serial primary key, user_id integer, guest text, check (num_nonnulls(user_id, guest) = 1));
create table v (id serial primary key, a integer, b integer, c integer, check (num_nulls(a, b, c) <= 1), check (a is not null and b > 0 or c is not null));
-- nonzero: select count(*) from t where a is not null
-- nonzero: select count(*) from t where b is not null
-- nonzero: select count(*) from u where guest is not null
-- nonzero: select count(*) from u where user_id is not null
