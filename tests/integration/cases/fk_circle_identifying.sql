-- A circle through the keys themselves: the two tables hold the same keys.
create table person (id integer primary key, name text not null);
create table profile (person_id integer primary key references person, bio text);
alter table person add constraint person_profile foreign key (id) references profile (person_id) deferrable initially deferred;
-- zero: select count(*) from person full join profile on id = person_id where id is null or person_id is null
