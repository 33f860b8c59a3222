-- Heads of groups whose keys have several columns, and of the house above them.
-- rows: 600
-- args: --rows hospitals=12 --rows wings=60
-- expect rows hospitals = 12
-- expect rows wings = 60
create table hospitals (id int primary key, name varchar(80) not null, director_id int unique);
create table wings (hospital_id int not null references hospitals, wing_no smallint not null, head_doctor_id int, primary key (hospital_id, wing_no));
create table doctors (id int primary key, hospital_id int not null, wing_no smallint not null, last_name varchar(80) not null,
    foreign key (hospital_id, wing_no) references wings (hospital_id, wing_no));
alter table wings add foreign key (head_doctor_id) references doctors (id);
alter table hospitals add foreign key (director_id) references doctors (id);
-- zero: select count(*) from wings w join doctors d on d.id = w.head_doctor_id where (d.hospital_id, d.wing_no) <> (w.hospital_id, w.wing_no)
-- zero: select count(*) from hospitals h join doctors d on d.id = h.director_id where d.hospital_id <> h.id
-- nonzero: select count(head_doctor_id) > 0.6 * count(*) from wings
-- nonzero: select count(director_id) > 0.6 * count(*) from hospitals
