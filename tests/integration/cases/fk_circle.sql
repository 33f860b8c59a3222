-- A circle in which one key may be NULL.
create table departments (id serial primary key, name text not null, head_id integer);
create table employees (id serial primary key, name text not null, department_id integer not null references departments);
alter table departments add constraint departments_head foreign key (head_id) references employees (id);
-- nonzero: select count(*) from departments where head_id is not null
