-- Who leaves came before, a corgi is no cat, and a vet's patients have no gout.
create table parking_lots (lot_id serial primary key, name varchar(60) not null, hourly_rate numeric(5,2) not null);
create table parking_sessions (session_id serial primary key, lot_id int not null references parking_lots, license_plate varchar(10) not null, entry_time timestamp not null,
    exit_time timestamp, fee numeric(7,2), payment_status varchar(10) check (payment_status in ('paid', 'unpaid', 'waived')));
create table pets (pet_id serial primary key, name varchar(40) not null, species varchar(20) not null check (species in ('dog', 'cat', 'rabbit', 'bird')), breed varchar(40),
    weight_kg numeric(5,2) not null, microchip_number char(15));
create table veterinarians (vet_id serial primary key, name varchar(80) not null, specialty varchar(60) not null);
create table vet_visits (visit_id serial primary key, pet_id int not null references pets, vet_id int references veterinarians, visit_date timestamp not null,
    reason varchar(120) not null, diagnosis text not null, cost numeric(8,2) not null);
create table construction_projects (project_id serial primary key, name varchar(120) not null, budget numeric(14,2) not null, actual_cost numeric(14,2) not null);
create table farms (farm_id serial primary key, farm_name varchar(80) not null, owner_name varchar(80) not null);
-- zero: select count(*) from parking_sessions where exit_time < entry_time or exit_time > entry_time + interval '1 day'
-- zero: select count(*) from parking_sessions join parking_lots using (lot_id) where fee <> ceil(extract(epoch from exit_time - entry_time) / 3600) * hourly_rate
-- zero: select count(*) from parking_lots where hourly_rate > 9 or name !~ '(Garage|Park|Deck|Lot)$'
-- zero: select count(*) from pets where species = 'cat' and breed ~ 'Corgi|Beagle|Boxer|Poodle' or species in ('rabbit', 'bird') and breed is not null
-- zero: select count(*) from pets where species = 'dog' and weight_kg < 2 or species = 'bird' and weight_kg > 1.2
-- zero: select count(*) from pets where microchip_number !~ '^[0-9]{15}$'
-- zero: select count(*) from veterinarians where specialty ~* 'accounting|python|learning|marketing'
-- zero: select count(*) from vet_visits where diagnosis ~* 'psoriasis|gout|hypertension|migraine' or cost < 45
-- zero: select count(*) from construction_projects where actual_cost not between budget * 0.61 and budget * 1.19
-- zero: select count(*) from farms where farm_name !~ '(Farm|Farms|Ranch|Acres)$'
