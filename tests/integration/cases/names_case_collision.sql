-- Names that differ in case only: different tables, and different files on any file system that keeps case.
create table users (id integer primary key);
create table "Users" (id integer primary key, "ID" integer not null references users);
