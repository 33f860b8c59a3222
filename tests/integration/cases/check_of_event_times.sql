-- Times that ascend with the rows give way where a check or a gap between partitions leaves them out.
create table readings (created_at timestamptz not null, constraint weekdays check (extract(dow from created_at) in (1, 2, 3)));
create table visits (day date not null) partition by range (day);
create table visits_2024 partition of visits for values from ('2024-01-01') to ('2024-06-01');
create table visits_2025 partition of visits for values from ('2025-01-01') to ('2026-01-01');
-- nonzero: select count(*) from visits_2024
-- nonzero: select count(*) from visits_2025
