create extension if not exists citext;
create extension if not exists hstore;
create extension if not exists ltree;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists "uuid-ossp";
create table users (id uuid primary key default uuid_generate_v4(), email citext not null unique, attributes hstore, place ltree not null);
create index users_email on users using gin (email gin_trgm_ops);
-- nonzero: select count(distinct place) > 5 from users
