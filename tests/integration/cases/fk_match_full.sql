create table places (x integer not null, y integer not null, primary key (x, y));
create table visits (id serial primary key, x integer, y integer, note text, foreign key (x, y) references places match full);
create table must (id serial primary key, x integer not null, y integer not null, foreign key (x, y) references places (x, y) match full);
-- zero: select count(*) from visits where (x is null) <> (y is null)
-- nonzero: select count(*) from visits where x is null
-- nonzero: select count(*) from visits where x is not null
