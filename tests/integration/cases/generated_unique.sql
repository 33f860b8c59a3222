-- A key over a generated column.
create table documents (id serial primary key, name text not null, slug text generated always as (lower(name)) stored unique);
create table parts (a integer not null, b integer not null, code text generated always as (a::text || '-' || b::text) stored primary key);
create table parts_of (id serial primary key, code text not null references parts);
