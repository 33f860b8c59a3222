-- A warehouse is of its branch's company; where the branch has none, it must still be of some company.
create table companies (id serial primary key, name text not null);
create table branches (id serial primary key, name text not null, company_id int references companies (id));
create table warehouses (id serial primary key, name text not null, branch_id int not null references branches (id), company_id int not null references companies (id));
-- nonzero: select count(*) from branches where company_id is null
