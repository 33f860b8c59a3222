-- With NULLS NOT DISTINCT one NULL is all there may be.
create table single (id serial primary key, code text, unique nulls not distinct (code));
create table pairs (a integer, b boolean, note text, unique nulls not distinct (a, b));
create table indexed (a integer, b integer);
create unique index indexed_a on indexed (a) nulls not distinct;
-- zero: select count(*) from (select code from single group by code having count(*) > 1) x
