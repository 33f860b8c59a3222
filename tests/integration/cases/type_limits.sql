-- Values stay inside what their type can hold, and lengths are counted in characters.
create table limits (
    tiny smallint not null, normal integer not null, big bigint not null,
    n1 numeric(1) not null, n10 numeric(1, 1) not null, n38 numeric(38, 10) not null, nneg numeric(3, -2) not null,
    nsmall numeric(2, 5) not null, free numeric not null,
    c1 char not null, c5 char(5) not null, v1 varchar(1) not null, v3 varchar(3) not null, v255 varchar(255) not null,
    b1 bit not null, b7 bit(7) not null, vb varbit(9) not null, vbfree bit varying not null,
    t0 timestamp(0) not null, t3 timestamptz(3) not null, tt time(0) not null, ttz time(2) with time zone not null,
    y interval year not null, ym interval year to month not null, ds interval day to second(2) not null, h interval hour not null
);
create table names_that_mislead (
    id smallint primary key, email varchar(8) not null, first_name char(2) not null, phone smallint not null,
    description varchar(10) not null, price integer not null, rating numeric(2, 1) not null, created_at date not null,
    is_active integer not null, url varchar(5) not null, country char(1) not null, year smallint not null, status integer not null,
    priority integer not null, gender boolean, city integer, state numeric(3), zip_code integer, percentage smallint, uuid char(8)
);
-- zero: select count(*) from limits where t0 <> date_trunc('second', t0)
-- zero: select count(*) from limits where length(v3) > 3
