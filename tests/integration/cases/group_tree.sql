-- Who somebody reports to is of the same office, never themself, and nobody in the office is above who runs it.
-- rows: 600
-- args: --rows offices=25
-- expect rows offices = 25
create table offices (id serial primary key, city text not null, director_id integer);
create table clerks (
    id serial primary key,
    office_id integer not null references offices,
    reports_to integer references clerks,
    last_name text not null,
    post text not null check (post in ('Director', 'Senior Clerk', 'Clerk', 'Trainee'))
);
alter table offices add foreign key (director_id) references clerks (id);
-- zero: select count(*) from clerks c join clerks b on b.id = c.reports_to where b.office_id <> c.office_id or b.id = c.id
-- zero: select count(*) from offices o join clerks c on c.id = o.director_id where c.reports_to is not null
-- zero: select count(*) from offices o join clerks c on c.id = o.director_id where c.post <> 'Director'
-- nonzero: select count(*) filter (where reports_to is null) between 20 and 100 from clerks
-- zero: with recursive up(id, at, depth) as (select id, reports_to, 1 from clerks union all
--    select up.id, c.reports_to, depth + 1 from up join clerks c on c.id = up.at where depth < 300) select count(*) from up where depth >= 300
