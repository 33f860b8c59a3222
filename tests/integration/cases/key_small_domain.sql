-- A key over a type with few values: as many rows as it allows, and a warning that says why.
-- rows: 1000
-- expect rows flags = 2
-- expect rows codes = 36
-- expect rows moods = 3
-- expect rows pairs = 6
-- expect warning "1,000"
create type mood as enum ('sad', 'ok', 'happy');
create table flags (flag boolean primary key, note text);
create table moods (feeling mood primary key);
create table pairs (feeling mood not null, flag boolean not null, primary key (feeling, flag));
create table codes (code integer primary key check (code between 1 and 36));
create table free (id integer primary key, feeling mood not null references moods, flag boolean references flags);
