-- Every row needs another parent, by a column that refers on within its own table and is NULL in the roots.
create table badges (number bigint primary key, replaces bigint unique references badges (number));
create table doors (badge bigint not null unique references badges (replaces));
create table wards (code varchar(20) not null, number integer not null, primary key (code, number), next_code varchar(20), next_number integer,
    foreign key (next_code, next_number) references wards (code, number), unique (next_code, code));
create table beds (next_code varchar(20) not null, code varchar(20) not null, foreign key (next_code, code) references wards (next_code, code));
