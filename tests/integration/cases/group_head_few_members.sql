-- Fewer members than groups, each of which must have a head: the run does not fail, and who can lead his own does.
-- rows: 40
-- args: --rows crews=40 --rows sailors=10
-- expect rows sailors = 10
-- expect rows crews = 40
create table crews (id serial primary key, name text not null, skipper_id integer not null);
create table sailors (
    id serial primary key,
    crew_id integer not null references crews deferrable initially deferred,
    full_name text not null
);
alter table crews add foreign key (skipper_id) references sailors (id) deferrable initially deferred;
-- not enforced: skipper_id.crew_id = id
-- zero: select count(*) from crews c join sailors s on s.id = c.skipper_id
--    where s.crew_id <> c.id and exists (select 1 from sailors o where o.crew_id = c.id)
