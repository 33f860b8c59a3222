-- A circle in which none may be NULL: every crew has a skipper, who sails in that crew.
-- rows: 300
-- args: --rows crews=300
-- expect rows crews = 300
create table crews (id serial primary key, name text not null, skipper_id integer not null);
create table sailors (
    id serial primary key,
    crew_id integer not null references crews deferrable initially deferred,
    full_name text not null
);
alter table crews add foreign key (skipper_id) references sailors (id) deferrable initially deferred;
-- zero: select count(*) from crews c join sailors s on s.id = c.skipper_id where s.crew_id <> c.id
-- zero: select count(*) - count(distinct skipper_id) from crews
