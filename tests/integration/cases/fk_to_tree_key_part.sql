-- A column that every row of another table needs, in a key with what it refers to within its own table.
create table wards (code varchar(20) not null, number integer not null, primary key (code, number), next_code varchar(20), next_number integer,
    foreign key (next_code, next_number) references wards (code, number), unique (next_code, code));
create table beds (next_code varchar(20) not null, code varchar(20) not null, foreign key (next_code, code) references wards (next_code, code));
