-- The same words mean other things in other trades: a class in a gym, the genre of a film, the title of an employee.
create table trainers (id serial primary key, first_name text not null, last_name text not null, specialization text not null);
create table gym_members (id serial primary key, first_name text not null, last_name text not null);
create table classes (id serial primary key, class_name text not null, trainer_id int references trainers, start_time time not null, end_time time not null);
create table gym_equipment (id serial primary key, name text not null);
create table movies (id serial primary key, title text not null, genre text not null, duration_minutes int not null, budget numeric(12,2) not null);
create table shipments (id serial primary key, tracking_number text unique not null, shipped_at timestamp, delivered_at timestamp);
create table companies (id serial primary key, name text not null, website text);
create table employees (id serial primary key, company_id int not null references companies, first_name text not null, last_name text not null, title text not null,
    email text not null unique);
create table hotels (id serial primary key, name text not null);
create table hotel_reviews (id serial primary key, hotel_id int not null references hotels, rating int not null check (rating between 1 and 10), title text not null, body text not null);
create table projects (id serial primary key, name text not null, start_date date not null);
-- zero: select count(*) from classes where class_name ~ 'Genetics|Chemistry|Algebra|Introduction'
-- zero: select count(*) from classes where end_time - start_time not between interval '30 minutes' and interval '2 hours'
-- zero: select count(*) from trainers where specialization ~* 'cardiology|neurology|python|sql'
-- zero: select count(*) from gym_equipment where name ~* 'laptop|forklift|projector'
-- zero: select count(*) from movies where duration_minutes < 60 or budget < 400000
-- zero: select count(*) from shipments where delivered_at < shipped_at
-- zero: select count(*) from employees where email ~ '@(gmail|yahoo|hotmail|outlook)[.]'
-- zero: select count(*) from employees where title in ('Mr.', 'Ms.', 'Mrs.', 'Dr.')
-- zero: select count(*) from employees e join companies c on c.id = company_id where website is not null and website !~ split_part(email, '@', 2)
-- nonzero: select count(*) from hotel_reviews where rating > 8
-- zero: select count(*) from hotel_reviews where body ~* '\m(waiter|chapter|app|battery)\M'
-- zero: select count(*) from hotel_reviews where position(lower(title) in lower(body)) > 0 and length(title) > 20
-- zero: select count(*) from projects where name ~ '^20[0-9][0-9]' and left(name, 4)::int <> extract(year from start_date)
