-- References to a key that is not the primary key, also one that may be NULL there.
create table countries (id serial primary key, iso2 char(2) not null unique, iso3 char(3) unique, name text not null, unique (iso2, iso3));
create table cities (
    id serial primary key,
    country char(2) not null references countries (iso2),
    country3 char(3) references countries (iso3),
    name text not null
);
create table offices (id serial primary key, iso2 char(2), iso3 char(3), foreign key (iso2, iso3) references countries (iso2, iso3));
