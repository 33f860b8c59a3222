create table one_column (id integer);
create table only_default (a integer default 5, b text default 'hello', c timestamp default now(), d boolean default true not null);
create table only_identity (id integer generated always as identity);
create table only_generated (a integer not null, b integer generated always as (a + 1) stored);
-- nonzero: select count(*) from only_default where b = 'hello'
