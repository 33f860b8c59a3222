-- No two bookings of one room overlap.
create extension if not exists btree_gist;
create table rooms (id serial primary key, name text not null unique);
create table bookings (
    id serial primary key,
    room_id integer not null references rooms,
    period tstzrange not null,
    exclude using gist (room_id with =, period with &&)
);
create table shifts (
    id serial primary key,
    worker varchar(30) not null,
    starts_at timestamp not null,
    ends_at timestamp not null,
    check (starts_at < ends_at),
    exclude using gist (worker with =, tsrange(starts_at, ends_at) with &&)
);
create table prices (product integer not null, days daterange not null, price numeric(8, 2) not null, constraint one_price exclude using gist (product with =, days with &&) where (price > 0));
create table tokens (token text, exclude using btree (token with =));
create table colours (c circle, exclude using gist (c with &&));
-- nonzero: select count(distinct room_id) > 5 from bookings
