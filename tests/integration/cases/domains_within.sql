-- The checks of domains hold within arrays and composite types, too.
create domain plate as text check (value ~ '^[A-Z]{2}-[0-9]{4}$');
create domain even as integer check (value % 2 = 0 and value between 10 and 90);
create domain odd_even as even check (value <> 50);
create domain evens as even[] check (cardinality(value) > 0);
create type car as (plate plate, doors even, colour text);
create domain strange as text check (md5(value) like '%zzz');
create table garages (
    id serial primary key, plates plate[] not null, numbers odd_even[] not null, more evens not null, car car, strange strange[]
);
-- zero: select count(*) from garages, unnest(plates) as x(item) where item !~ '^[A-Z]{2}-[0-9]{4}$'
-- nonzero: select count(*) from garages where cardinality(numbers) > 1
-- nonzero: select count(*) from garages where (car).plate is not null
