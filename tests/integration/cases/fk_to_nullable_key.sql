-- Every row needs another parent, and the key that it refers to could be NULL, or refers on itself.
create table badges (number bigint primary key, replaces bigint unique references badges (number), code text unique);
create table doors (badge bigint not null unique references badges (replaces), code text not null references badges (code));
-- zero: select count(*) from badges where code is null
create table wards (code varchar(20) not null, number integer not null, primary key (code, number), next_code varchar(20), next_number integer,
    foreign key (next_code, next_number) references wards (code, number), unique (next_code, code));
create table beds (next_code varchar(20) not null, code varchar(20) not null, foreign key (next_code, code) references wards (next_code, code));
create table signs (code varchar(8) primary key check (code ~ '^[A-Z]{2}[0-9]{3,5}$'), follows varchar(8) references signs (code), unique (follows, code));
create table posts (follows varchar(8) not null, code varchar(8) not null, foreign key (follows, code) references signs (follows, code) match full);
