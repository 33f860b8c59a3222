create table t (
    a date not null check (extract(year from a) = 2023), b date not null check (extract(dow from b) between 1 and 5), c timestamp not null check (c::date > date '2022-01-01'),
    d timestamptz not null check (d >= '2020-01-01 00:00:00+00'), e date not null check (e <= current_date), f timestamptz not null check (f < now()), g date not null check (g > current_date - interval '10 years'),
    valid_until date not null check (valid_until >= current_date), h timestamp not null check (date_trunc('day', h) = h), i date not null, j date not null check (j > '1990-01-01'), check (j - i between 1 and 90),
    k date not null check (age(date '2026-01-01', k) >= interval '18 years'), l date not null, m date not null, check (m >= l + interval '1 month'), check (l > '2000-01-01'),
    n timestamp not null check (extract(hour from n) between 9 and 16), o date not null check (date_part('month', o) in (6, 7, 8)), p time not null check (p >= '09:00' and p < '17:30')
);
