-- Keys of a foreign key and columns of the table's own.
-- args: --rows seats=600
-- expect rows seats = 600
create table halls (id serial primary key, name text not null unique);
create table seats (
    hall_id integer not null references halls,
    seat_row char(1) not null,
    seat_number smallint not null check (seat_number between 1 and 40),
    price numeric(6, 2) not null,
    primary key (hall_id, seat_row, seat_number)
);
create table daily (hall_id integer references halls, day date, visitors integer not null, unique (hall_id, day));
create table slots (hall_id integer not null references halls, starts_at timestamptz not null, unique (starts_at, hall_id));
