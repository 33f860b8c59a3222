-- Pay, attendance, matches and measurements in their usual proportions.
create table employees (emp_id int primary key, emp_name varchar(80) not null, base_salary numeric(10,2) not null check (base_salary > 0));
create table payroll (payroll_id serial primary key, emp_id int not null references employees, pay_period_start date not null, pay_period_end date not null,
    gross_pay numeric(10,2) not null, tax numeric(10,2) not null, net_pay numeric(10,2) not null, paid_on date, check (pay_period_end > pay_period_start));
create table attendance (emp_id int references employees, work_date date, check_in time not null, check_out time not null, hours_worked numeric(4,2), primary key (emp_id, work_date));
create table teams (team_id serial primary key, team_name varchar(60) not null unique, stadium varchar(80) not null, coach varchar(80) not null);
create table matches (match_id serial primary key, home_team_id int not null references teams, match_date timestamp not null, home_score int not null, attendance int not null, referee varchar(80) not null);
create table devices (device_id int primary key, model varchar(40) not null, status varchar(10) not null);
create table readings (reading_id bigserial primary key, device_id int not null references devices, recorded_at timestamp not null, pressure numeric(7,2) not null, co2_ppm int not null);
-- zero: select count(*) from payroll join employees using (emp_id) where gross_pay <> round(base_salary / 12, 2) or net_pay <> gross_pay - tax
-- zero: select count(*) from payroll where pay_period_end - pay_period_start not between 27 and 31 or paid_on < pay_period_end
-- zero: select count(*) from attendance where check_out <= check_in or check_out - check_in > interval '9 hours'
-- zero: select count(*) from attendance where abs(hours_worked - extract(epoch from check_out - check_in) / 3600) > 0.01
-- zero: select count(*) from matches where home_score > 5 or attendance < 400 or referee !~ '^[[:alpha:]][^ ]* [^ ]'
-- zero: select count(*) from teams where stadium !~ '(Stadium|Arena|Park|Field|Dome)$' or length(coach) > 30
-- zero: select count(*) from readings where pressure not between 975 and 1045 or co2_ppm < 390
-- zero: select count(*) from devices where model ~ 'Corolla|Civic|Golf|Elantra' or status <> lower(status)
