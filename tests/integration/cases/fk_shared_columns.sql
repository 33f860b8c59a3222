-- Two foreign keys share a column: both must agree on it.
create table companies (id serial primary key, name text not null);
create table departments (company_id integer not null references companies, id integer not null, name text not null, primary key (company_id, id));
create table employees (company_id integer not null references companies, id integer not null, name text not null, primary key (company_id, id));
create table assignments (
    id serial primary key,
    company_id integer not null references companies,
    department_id integer not null,
    employee_id integer not null,
    since date not null,
    foreign key (company_id, department_id) references departments,
    foreign key (company_id, employee_id) references employees
);
create table reviews (
    company_id integer not null,
    employee_id integer not null,
    reviewer_id integer,
    department_id integer,
    stars smallint not null check (stars between 1 and 5),
    primary key (company_id, employee_id),
    foreign key (company_id, employee_id) references employees (company_id, id),
    foreign key (company_id, reviewer_id) references employees (company_id, id),
    foreign key (company_id, department_id) references departments (company_id, id)
);
-- nonzero: select count(distinct company_id) > 5 from assignments
