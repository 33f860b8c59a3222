create table t (
    a integer not null check (a % 3 = 0), b integer not null check (b * 2 < 100 and b > 0), c numeric(8, 2) not null check (c * 1.2 <= 1200), d integer not null check (abs(d) <= 10),
    e integer not null check ((e + 5) / 2 > 10 and e < 10000), f numeric(6, 3) not null check (round(f, 1) = f), g integer not null check (mod(g, 7) = 2), h integer not null check (-h > 5),
    i numeric not null check (i = trunc(i)), j double precision not null check (sqrt(j) < 10 and j >= 0), k integer not null check (k & 1 = 0), l numeric(5, 2) not null check (l >= 0 and l <= 100),
    m integer not null check (greatest(m, 10) = m), n integer not null check (least(n, 100) = n), o integer not null check (power(o, 2) < 1000), p numeric(10, 2) not null check (floor(p) > 3)
);
create table totals (net numeric(10, 2) not null check (net > 0), tax numeric(10, 2) not null, gross numeric(10, 2) not null, check (gross = net + tax), check (tax = round(net * 0.19, 2)));
