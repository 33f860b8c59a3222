-- Of a key that refers to nobody the columns that may not be NULL keep a value.
create table offices (country char(2) not null, number integer not null, primary key (country, number));
create table trips (
    id serial primary key,
    country char(2) not null, office integer,
    back_country char(2) not null, back_number integer,
    foreign key (country, office) references offices (country, number),
    foreign key (back_country, back_number) references offices (country, number)
);
create table steps (
    tour integer not null, step integer not null, next_tour integer not null, next_step integer,
    primary key (tour, step), foreign key (next_tour, next_step) references steps (tour, step)
);
-- nonzero: select count(*) from trips where office is null
-- nonzero: select count(*) from trips where office is not null
-- nonzero: select count(*) from steps where next_step is null
create domain code as varchar(8) check (value ~ '^[A-Z]{2}[0-9]{3,5}$');
create table parts (made timestamp not null, code code not null, number integer not null, primary key (made, code, number),
    of_made timestamp, of_code code not null, of_number integer, foreign key (of_made, of_code, of_number) references parts (made, code, number));
