create type address as (street text, number integer, zip varchar(10));
create type contact as (name text, home address, born date);
create table shops (id serial primary key, place address not null, owner contact, places address[]);
-- nonzero: select count(*) from shops where (place).street is not null
