-- Every column unique.
create table t (a integer unique, b text unique, c date unique, d numeric(9, 2) unique, e uuid unique, f bigint unique, g timestamp unique, h varchar(10) unique, i char(8) unique, j double precision unique, k smallint unique, unique (a, b), unique (c, d));
