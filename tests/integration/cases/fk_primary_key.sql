-- A primary key that is itself a foreign key: one row at most for each of the parent's.
-- args: --rows vehicles=300
-- expect rows vehicles = 300
create table vehicles (id bigserial primary key, kind text not null);
create table cars (vehicle_id bigint primary key references vehicles, doors smallint not null check (doors between 2 and 5));
create table electric_cars (vehicle_id bigint primary key references cars, kwh numeric(5, 1) not null check (kwh > 0));
create table keys (vehicle_id bigint not null unique references vehicles, code text not null);
