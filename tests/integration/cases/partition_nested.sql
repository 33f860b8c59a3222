create table readings (region text not null, day date not null, value integer not null, check (value > 0)) partition by list (region);
create table readings_north partition of readings for values in ('n', 'ne') partition by range (day);
create table readings_north_2024 partition of readings_north for values from ('2024-01-01') to ('2025-01-01');
create table readings_north_2025 partition of readings_north for values from ('2025-01-01') to ('2026-01-01') partition by hash (value);
create table readings_north_2025_0 partition of readings_north_2025 for values with (modulus 2, remainder 0);
create table readings_north_2025_1 partition of readings_north_2025 for values with (modulus 2, remainder 1);
create table readings_south partition of readings for values in ('s');
-- nonzero: select count(*) from readings_south
-- nonzero: select count(*) from readings_north_2024
-- nonzero: select count(*) from readings_north_2025
