-- The chief pilot flies in a squadron of that airline: a head over a table in between.
-- rows: 500
-- args: --rows airlines=20 --rows squadrons=80
-- expect rows airlines = 20
-- expect rows squadrons = 80
create table airlines (id serial primary key, name text not null, chief_pilot_id integer);
create table squadrons (id serial primary key, airline_id integer not null references airlines, base text not null, leader_id integer not null);
create table pilots (id serial primary key, squadron_id integer not null references squadrons deferrable initially deferred, last_name text not null);
alter table airlines add foreign key (chief_pilot_id) references pilots (id);
alter table squadrons add foreign key (leader_id) references pilots (id) deferrable initially deferred;
-- zero: select count(*) from airlines a join pilots p on p.id = a.chief_pilot_id join squadrons s on s.id = p.squadron_id where s.airline_id <> a.id
-- nonzero: select count(chief_pilot_id) > 0.7 * count(*) from airlines
-- zero: select count(*) from squadrons s join pilots p on p.id = s.leader_id where p.squadron_id <> s.id
