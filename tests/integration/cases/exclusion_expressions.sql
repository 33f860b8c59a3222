-- Overlaps over ranges that are built from columns, in few groups: rows have to be drawn apart.
create extension if not exists btree_gist;
create table lanes (
    id serial primary key,
    lane integer not null check (lane between 1 and 3),
    starts_on date not null,
    ends_on date,
    exclude using gist (lane with =, daterange(starts_on, ends_on, '[]') with &&)
);
create table slots (
    id serial primary key,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    constraint one_at_a_time exclude using gist (tstzrange(starts_at, ends_at) with &&)
);
create table tiers (low integer, high integer, kind text not null, exclude using gist (kind with =, int4range(low, high) with &&) where (low > 0));
-- What the engine cannot compare is held by a stricter rule.
create table seats (room integer not null, holder integer not null, exclude using gist (room with =, holder with <>));
