-- Names of companies go with their industry, read from the row or through a reference, and stay unique as keys.
create type trade as enum ('Software', 'Energy', 'Higher education');
create table industries (id serial primary key, name text not null unique);
create table companies (name varchar(40) primary key, industry text check (industry in ('Energy', 'Education', 'Retail')), website varchar(48) unique, email text unique);
create table organizations (id serial primary key, name text not null unique, industry_id int references industries, website text unique);
create table clients (id serial primary key, company_name text not null unique, industry trade not null, email text unique);
create table suppliers_of_all (id serial primary key, company text not null, industry text, website text);
create table offices (id serial primary key, company_name varchar(40) not null references companies (name), city text);
-- zero: select count(*) from companies where industry <> 'Energy' and name ~ '\m(Energy|Renewables)$'
-- zero: select count(*) from companies where industry <> 'Education' and name ~ '\m(Academy|Institute|Tutoring)$'
-- zero: select count(*) from clients where industry <> 'Software' and company_name ~ '\m(Software|Technologies)$'
-- nonzero: select count(*) from clients where industry = 'Software' and company_name ~ '\m(Software|Technologies)$'
-- zero: select count(*) from organizations o join industries i on i.id = o.industry_id where o.name ~ '\m(Construction|Builders|Contractors)$' and i.name <> 'Construction'
-- zero: select count(*) from companies where website ~ '[][ ]' or email ~ '[][ ]'
