-- Every row needs another parent, and the key that it refers to could be NULL.
create table badges (number bigint primary key, code text unique, colour text, shade integer, unique (colour, shade));
create table doors (badge bigint not null unique references badges (number), code text not null references badges (code),
    colour text, shade integer, foreign key (colour, shade) references badges (colour, shade) match full);
-- zero: select count(*) from badges where code is null
