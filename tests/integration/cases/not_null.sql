create table strict (
    id integer generated always as identity primary key,
    a text not null, b integer not null, c date not null, d jsonb not null, e text[] not null,
    f numeric not null, g boolean not null, h bytea not null, i point not null, j tsvector not null,
    k interval not null, l inet not null, m xml not null, n int4range not null
);
create table loose (id integer primary key, a text, b integer, c date, constraint c_given check (c is not null), constraint a_given check (not (a is null)));
-- nonzero: select count(*) from loose where b is null
-- nonzero: select count(*) from loose where b is not null
-- zero: select count(*) from loose where c is null or a is null
