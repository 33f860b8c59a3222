-- A schema that is built step by step.
create table t (a integer);
alter table t add column id serial;
alter table t add primary key (id);
alter table t alter column a set not null, add column b text default 'x', add constraint a_positive check (a > 0);
alter table t rename column b to label;
alter table t alter column label type varchar(20);
alter table only t add constraint t_label unique (label);
alter table t rename to things;
create table other (id integer, thing integer);
alter table other add constraint other_pk primary key (id), add foreign key (thing) references things (id);
alter table other drop column if exists nothing;
alter table other add column gone integer; alter table other drop column gone;
alter table other alter column thing drop not null;
create unique index other_thing on other (thing);
alter table other add constraint other_thing_key unique using index other_thing;
