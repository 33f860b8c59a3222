-- Two keys share a column, and nothing but this table ties the tables that they refer to: also for two rows.
-- rows: 2
create table streets (town integer not null, number integer not null, unique (town, number));
create table zones (town integer not null, number integer not null, unique (town, number));
create table houses (
    town integer not null, street integer not null, zone integer not null,
    foreign key (town, street) references streets (town, number),
    foreign key (town, zone) references zones (town, number)
);
