create type colour as enum ('red', 'light blue', 'a,b', 'with "quotes"');
create domain positive as integer check (value > 0);
create table arrays (
    id serial primary key,
    a integer[] not null, b text[] not null, c varchar(5)[] not null, d numeric(6, 2)[] not null, e date[] not null, f timestamptz[] not null,
    g boolean[] not null, h uuid[] not null, i jsonb[] not null, j inet[], k int4range[], l bytea[] not null, m point[] not null, n colour[] not null,
    o positive[] not null, p integer[][] not null, q text[3] not null, r interval[] not null, s double precision[] not null, t char(2)[] not null,
    u xml[] not null, v bit(3)[] not null, w money[] not null, x box[] not null
);
create table tagged (id serial primary key, tags text[] not null default '{}', scores smallint[] check (cardinality(scores) <= 5));
-- nonzero: select max(cardinality(a)) > 1 from arrays
-- nonzero: select count(distinct b) > 20 from arrays
-- zero: select count(*) from arrays, unnest(o) as x(item) where item <= 0
