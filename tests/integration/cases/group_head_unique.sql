-- Nobody leads two groups, and the key says so: heads are unique, NULL or not.
-- rows: 200
-- args: --rows choirs=50 --rows orchestras=50
-- expect rows choirs = 50
-- expect rows orchestras = 50
create table choirs (id serial primary key, name text not null, conductor_id integer unique);
create table singers (id serial primary key, choir_id integer not null references choirs, last_name text not null);
alter table choirs add foreign key (conductor_id) references singers (id);
create table orchestras (id serial primary key, name text not null, leader_id integer not null unique);
create table players (id serial primary key, orchestra_id integer not null references orchestras deferrable initially deferred, last_name text not null);
alter table orchestras add foreign key (leader_id) references players (id) deferrable initially deferred;
-- zero: select count(*) from choirs c join singers s on s.id = c.conductor_id where s.choir_id <> c.id
-- zero: select count(*) from orchestras o join players p on p.id = o.leader_id where p.orchestra_id <> o.id
-- nonzero: select count(conductor_id) from choirs
