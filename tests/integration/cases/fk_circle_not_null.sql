-- A circle in which none may be NULL.
create table a (id integer primary key, b_id integer not null);
create table b (id integer primary key, c_id integer not null, label text);
create table c (id integer primary key, a_id integer not null references a deferrable initially deferred);
alter table a add foreign key (b_id) references b (id) deferrable initially deferred;
alter table b add foreign key (c_id) references c (id) deferrable initially deferred;
