create table head (id integer primary key, last_line integer);
create table line (id integer primary key, head_id integer not null references head deferrable initially deferred);
alter table head add constraint head_last foreign key (last_line) references line deferrable initially immediate;
create table unique_later (id integer primary key deferrable initially deferred, position integer not null unique deferrable);
