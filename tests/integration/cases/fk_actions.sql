create table p (id integer primary key, a integer not null, b integer not null, unique (a, b));
create table c1 (id integer primary key, p_id integer default 1 references p on delete set default on update restrict);
create table c2 (id integer primary key, a integer, b integer, foreign key (a, b) references p (a, b) on delete set null (b));
create table c3 (id integer primary key, p_id integer references p on delete no action on update set null);
