-- Trees: roots are NULL, or point to themselves where they must point somewhere.
create table categories (id serial primary key, parent_id integer references categories, name text not null);
create table employees (id integer primary key, manager_id integer not null references employees, name text not null);
create table chain (id integer primary key, next_id integer unique references chain);
create table nodes (tree integer not null, node integer not null, parent integer, primary key (tree, node), foreign key (tree, parent) references nodes (tree, node));
-- nonzero: select count(*) from categories where parent_id is null
-- nonzero: select count(*) from categories where parent_id is not null
-- zero: select count(*) from categories where parent_id = id
-- zero: with recursive up(id, at, depth) as (select id, parent_id, 1 from categories union all
--    select up.id, c.parent_id, depth + 1 from up join categories c on c.id = up.at where depth < 500) select count(*) from up where depth >= 500
-- zero: with recursive up(id, at, depth) as (select id, manager_id, 1 from employees union all
--    select up.id, c.manager_id, depth + 1 from up join employees c on c.id = up.at where depth < 500 and c.manager_id <> c.id) select count(*) from up where depth >= 500
