create table t (
    a integer check (a > 5), b integer check (b >= 5 and b <= 7), c integer check (c <> 3), d integer check (5 < d and 9 > d),
    e numeric(6, 2) check (e > 0.005), f date check (f >= '2020-01-01' and f < '2021-01-01'), g text check (g <> ''), h char(3) check (h <> 'abc'),
    i timestamp check (i > timestamp '2000-01-01 00:00:00'), j time check (j between '08:00' and '18:00'), k bigint check (k > 4000000000),
    l smallint check (l > 32000), m double precision check (m > 0 and m < 1), n real check (n >= -1.5 and n <= 1.5), o integer check (o between symmetric 9 and 2),
    p integer check (p not between 10 and 1000000000), q money check (q > 0::money), r interval check (r > interval '1 day' and r < interval '30 days'),
    s boolean check (s), u boolean check (not u), v boolean check (v is not false), w integer check (w = 7), x text check (x = 'fixed'),
    y integer check (y is distinct from 3), z uuid check (z <> '00000000-0000-0000-0000-000000000000')
);
-- nonzero: select count(distinct b) = 3 from t
-- nonzero: select count(*) > 20 from t where a is not null
