create table sales (id bigserial, region text not null, amount numeric(9, 2) not null check (amount >= 0), primary key (id, region)) partition by list (region);
create table sales_eu partition of sales for values in ('de', 'fr', 'nl');
create table sales_us partition of sales for values in ('us', 'ca');
create table sales_rest partition of sales for values in ('jp');
create table flags (id integer not null, flag boolean) partition by list (flag);
create table flags_true partition of flags for values in (true);
create table flags_none partition of flags for values in (null);
-- nonzero: select count(*) from sales_eu
-- nonzero: select count(*) from sales_us
-- nonzero: select count(*) from sales_rest
-- zero: select count(*) from flags where flag = false
