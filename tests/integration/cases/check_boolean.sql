create table t (
    id serial primary key,
    kind text not null check (kind in ('person', 'company', 'robot')),
    born date, founded date, serial_number text,
    check ((kind = 'person' and born is not null and founded is null) or (kind = 'company' and founded is not null and born is null) or (kind = 'robot' and serial_number is not null)),
    check (not (kind = 'robot' and born is not null)),
    constraint case_kind check (case when kind = 'company' then founded > '1900-01-01' when kind = 'person' then born > '1920-01-01' else true end)
);
create table u (a integer not null, b integer not null, check (a > 10 or b > 10), check (not (a > 100 and b > 100)), check ((a > b) is true));
create table w (active boolean not null, ended_at date, check (active = (ended_at is null)), check (active or ended_at > '2019-01-01'));
-- nonzero: select count(distinct kind) = 3 from t
-- nonzero: select count(distinct active) = 2 from w
