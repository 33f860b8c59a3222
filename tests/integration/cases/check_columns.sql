-- Several columns compared with each other.
create table t (
    id serial primary key,
    low integer not null, high integer not null, middle integer not null,
    check (low < high), check (middle between low and high),
    starts date not null, ends date, check (ends is null or ends >= starts), check (ends - starts <= 365),
    opened timestamptz not null, closed timestamptz, check (closed > opened + interval '1 hour'),
    quantity integer not null check (quantity >= 0), available integer not null, reserved integer not null, check (available + reserved <= quantity), check (available >= 0 and reserved >= 0),
    price numeric(8, 2) not null check (price > 0), discount numeric(8, 2) not null default 0 check (discount >= 0), check (discount < price),
    a integer not null, b integer not null, check (a <> b), check (a + b = 100)
);
create table pairs (x integer not null, y integer not null, check (x < y), unique (x, y));
create table ordered (a integer not null, b integer not null, c integer not null, d integer not null, check (a < b and b < c and c < d), check (d < 1000 and a > 0));
