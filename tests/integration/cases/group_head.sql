-- A circle that may be open: the charge nurse of a ward is one of its nurses, and still there.
-- rows: 400
-- args: --rows wards=60
-- expect rows wards = 60
create table wards (id serial primary key, name text not null, charge_nurse_id integer);
create table nurses (
    id serial primary key,
    ward_id integer not null references wards,
    first_name text not null,
    last_name text not null,
    hired_on date not null,
    resigned_on date check (resigned_on > hired_on)
);
alter table wards add foreign key (charge_nurse_id) references nurses (id) on delete set null;
-- zero: select count(*) from wards w join nurses n on n.id = w.charge_nurse_id where n.ward_id <> w.id
-- nonzero: select count(charge_nurse_id) > 0.7 * count(*) from wards
-- nonzero: select count(distinct ward_id) = (select count(*) from wards) from nurses
-- zero: select greatest(count(*) - 3, 0) from wards w join nurses n on n.id = w.charge_nurse_id where n.resigned_on is not null
-- the layout must not show: neighbours by number are of different wards
-- nonzero: select count(*) filter (where ward_id = before) < 0.3 * count(*) from (select ward_id, lag(ward_id) over (order by id) as before from nurses) x
