create table lines (
    id serial primary key,
    quantity integer not null check (quantity between 1 and 50),
    price numeric(8, 2) not null check (price > 0),
    total numeric(12, 2) generated always as (quantity * price) stored,
    label text generated always as ('line ' || quantity::text) stored not null,
    check (total < 100000)
);
create table people (
    first_name varchar(40) not null, last_name varchar(40) not null,
    full_name varchar(81) generated always as (first_name || ' ' || last_name) stored,
    slug text generated always as (lower(last_name)) stored,
    id serial primary key
);
create table points (x integer not null, y integer not null, sum bigint generated always as (x::bigint + y) stored, check (sum > 0), check (sum % 2 = 0));
-- zero: select count(*) from lines where total <> quantity * price
-- works: insert into lines (quantity, price) values (1, 2)
