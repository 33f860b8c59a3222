create table vehicles (id serial primary key, name text not null, wheels integer check (wheels > 0));
create table trucks (load integer not null check (load between 1 and 40)) inherits (vehicles);
create table named (label text not null);
create table labelled_trucks (extra text) inherits (trucks, named);
