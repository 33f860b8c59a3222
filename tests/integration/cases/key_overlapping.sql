-- Keys that share columns.
create table bookings (
    room integer not null check (room between 1 and 30),
    day date not null,
    slot smallint not null check (slot between 1 and 12),
    guest integer not null check (guest between 1 and 40),
    primary key (room, day, slot),
    unique (guest, day, slot),
    unique (guest, day, room)
);
create table rotation (a integer not null, b integer not null, c integer not null, unique (a, b), unique (b, c), unique (a, c));
create table parents (id integer primary key);
create table overlapping_references (
    left_id integer not null references parents,
    right_id integer not null references parents,
    position smallint not null check (position between 1 and 50),
    unique (left_id, position),
    unique (right_id, position),
    unique (left_id, right_id)
);
