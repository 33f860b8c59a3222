-- Every row needs another parent, by a column that refers on within its own table: no row of that may be a root.
create table badges (number bigint primary key, replaces bigint unique references badges (number));
create table doors (badge bigint not null unique references badges (replaces));
create table plots (north integer not null, east integer not null, primary key (north, east), of_north integer, of_east integer,
    foreign key (of_north, of_east) references plots (north, east), unique (of_north, of_east));
create table houses (of_north integer not null, of_east integer not null, foreign key (of_north, of_east) references plots (of_north, of_east));
