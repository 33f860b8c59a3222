-- Without it NULLs never clash, so a column with few values can hold many rows.
-- rows: 300
create table coupons (id integer primary key, code varchar(12) unique, used_by integer, campaign smallint, unique (used_by, campaign));
