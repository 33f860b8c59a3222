-- rows: 20
-- args: --rows likes=401
-- expect error "400"
create table people (id integer primary key);
create table things (id integer primary key);
create table likes (person_id integer references people, thing_id integer references things, primary key (person_id, thing_id));
