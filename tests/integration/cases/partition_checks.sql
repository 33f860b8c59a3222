-- Partitions with checks, keys and defaults of their own, attached later.
create table base (id integer not null, tenant integer not null, note text not null, primary key (tenant, id)) partition by list (tenant);
create table base_1 partition of base (constraint base_1_small check (id < 5000)) for values in (1);
create table base_2 (id integer not null, tenant integer not null, note text not null, primary key (tenant, id), constraint only_two check (tenant = 2));
alter table base attach partition base_2 for values in (2);
create unique index base_1_id on base_1 (id);
-- zero: select count(*) from base where tenant = 1 and id >= 5000
