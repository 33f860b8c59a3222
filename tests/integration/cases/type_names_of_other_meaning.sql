-- Names that suggest a value which the type, the enum or the check forbids.
create type level as enum ('low', 'high');
create table things (
    id serial primary key,
    email level not null, priority integer not null check (priority in (1, 2, 3)), country integer not null, price level, name date not null,
    created_at text not null check (created_at in ('yesterday', 'today')), is_active char(1) not null check (is_active in ('Y', 'N')),
    phone boolean not null, quantity varchar(1) not null check (quantity in ('S', 'M', 'L')), status smallint not null check (status between 0 and 3),
    rating text check (rating in ('good', 'bad')), first_name uuid not null, description inet not null, url jsonb not null, age interval not null
);
-- nonzero: select count(distinct priority) = 3 from things
