-- Domains on domains, with checks and NOT NULL.
create domain short_text as varchar(10);
create domain shouting as short_text check (value = upper(value)) check (length(value) >= 2);
create domain percentage as numeric(5, 2) not null check (value >= 0 and value <= 100);
create domain mail as text check (value ~* '^[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]{2,}$');
create domain zip as char(5) check (value ~ '^\d{5}$');
create domain even as integer constraint even_only check (value % 2 = 0);
create domain small_even as even check (value between 0 and 1000);
create domain weekday as text default 'Mon' check (value in ('Mon', 'Tue', 'Wed', 'Thu', 'Fri'));
create domain adult_birth as date check (value < date '2008-01-01');
create table people (
    id serial primary key, code shouting not null, share percentage, address mail unique, postal zip not null, number even, place small_even not null unique,
    day weekday not null, born adult_birth not null
);
-- zero: select count(*) from people where number % 2 <> 0
-- nonzero: select count(distinct day) >= 4 from people
