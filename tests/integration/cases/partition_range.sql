create table events (id bigint generated always as identity, at timestamptz not null, kind text not null, primary key (id, at)) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table measures (sensor integer not null, day date not null, value real, primary key (sensor, day)) partition by range (sensor, day);
create table measures_low partition of measures for values from (minvalue, minvalue) to (100, minvalue);
create table measures_high partition of measures for values from (200, minvalue) to (maxvalue, maxvalue);
create table logs (id integer not null, at date not null) partition by range (at);
create table logs_old partition of logs for values from (minvalue) to ('2020-01-01');
create table logs_other partition of logs default;
-- nonzero: select count(*) from events_2024
-- nonzero: select count(*) from events_2025
-- zero: select count(*) from measures where sensor between 100 and 199
