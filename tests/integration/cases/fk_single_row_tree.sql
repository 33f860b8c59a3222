-- rows: 1
-- The only row of a tree refers to nobody, whatever keys its reference is part of.
create type colour as enum ('red', 'green');
create table steps (a colour not null, b date not null, primary key (a, b), of_a colour, of_b date,
    foreign key (of_a, of_b) references steps (a, b) match full, unique nulls not distinct (a, of_a));
create table nodes (id integer generated always as identity (start with 100 increment by 7) primary key, above integer references nodes,
    unique nulls not distinct (id, above));
create table leaves (node integer, above integer, foreign key (node, above) references nodes (id, above) match full);
-- zero: select count(*) from nodes where above is not null
