-- Unique where a condition holds.
create table addresses (
    id serial primary key,
    person integer not null,
    is_default boolean not null,
    street text not null
);
create unique index one_default on addresses (person) where is_default;
create table accounts (
    id serial primary key,
    email text not null,
    deleted_at timestamp
);
create unique index live_email on accounts (email) where deleted_at is null;
create table jobs (id serial primary key, queue varchar(20) not null, status text not null check (status in ('waiting', 'running', 'done')));
create unique index one_running on jobs (queue) where status = 'running';
-- nonzero: select count(*) from addresses where is_default
-- nonzero: select count(*) from accounts where deleted_at is null
