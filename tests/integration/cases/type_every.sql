-- Every built-in type, nullable and not.
create table every_type (
    c_smallint smallint, c_integer integer, c_bigint bigint, c_numeric numeric, c_numeric_ps numeric(12, 4), c_real real, c_double double precision,
    c_money money, c_char char(4), c_varchar varchar(20), c_text text, c_name name, c_qchar "char", c_bytea bytea, c_boolean boolean,
    c_date date, c_time time, c_timetz timetz, c_timestamp timestamp, c_timestamptz timestamptz, c_interval interval,
    c_uuid uuid, c_json json, c_jsonb jsonb, c_jsonpath jsonpath, c_xml xml, c_inet inet, c_cidr cidr, c_macaddr macaddr, c_macaddr8 macaddr8,
    c_bit bit(5), c_varbit varbit(9), c_point point, c_line line, c_lseg lseg, c_box box, c_path path, c_polygon polygon, c_circle circle,
    c_tsvector tsvector, c_tsquery tsquery, c_int4range int4range, c_int8range int8range, c_numrange numrange, c_tsrange tsrange,
    c_tstzrange tstzrange, c_daterange daterange, c_int4multirange int4multirange, c_int8multirange int8multirange, c_nummultirange nummultirange,
    c_tsmultirange tsmultirange, c_tstzmultirange tstzmultirange, c_datemultirange datemultirange, c_oid oid, c_pg_lsn pg_lsn
);
create table every_type_not_null (
    id serial primary key,
    c_smallint smallint not null, c_integer integer not null, c_bigint bigint not null, c_numeric numeric not null, c_numeric_ps numeric(12, 4) not null,
    c_real real not null, c_double double precision not null, c_money money not null, c_char char(4) not null, c_varchar varchar(20) not null,
    c_text text not null, c_bytea bytea not null, c_boolean boolean not null, c_date date not null, c_time time not null, c_timetz timetz not null,
    c_timestamp timestamp not null, c_timestamptz timestamptz not null, c_interval interval not null, c_uuid uuid not null, c_json json not null,
    c_jsonb jsonb not null, c_xml xml not null, c_inet inet not null, c_cidr cidr not null, c_macaddr macaddr not null, c_macaddr8 macaddr8 not null,
    c_bit bit(5) not null, c_varbit varbit(9) not null, c_point point not null, c_line line not null, c_lseg lseg not null, c_box box not null,
    c_path path not null, c_polygon polygon not null, c_circle circle not null, c_tsvector tsvector not null, c_tsquery tsquery not null,
    c_int4range int4range not null, c_int8range int8range not null, c_numrange numrange not null, c_tsrange tsrange not null,
    c_tstzrange tstzrange not null, c_daterange daterange not null, c_int4multirange int4multirange not null, c_nummultirange nummultirange not null,
    c_tstzmultirange tstzmultirange not null, c_oid oid not null
);
-- nonzero: select count(*) from every_type where c_line is not null
-- nonzero: select count(*) from every_type where c_line is null
-- nonzero: select count(distinct c_int4range::text) > 20 from every_type_not_null
-- nonzero: select count(distinct c_jsonb::text) > 5 from every_type_not_null
