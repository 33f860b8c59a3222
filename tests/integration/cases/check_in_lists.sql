create table t (
    a text not null check (a in ('x', 'y', 'z')), b integer not null check (b in (1, 3, 5)), c varchar(3) check (c = any (array['one', 'two'])),
    d integer check (d not in (1, 2, 3)), e char(1) not null check (e in ('A', 'B')), f date not null check (f in ('2024-02-29', '2024-12-31')),
    g text not null check (g <> all (array['bad', 'worse'])), h numeric(3, 1) not null check (h in (0.5, 1.0, 1.5)),
    i text not null check (i in ('a', 'b', 'c') and i <> 'b'), j text check (j is null or j in ('p', 'q')), k text not null check (lower(k) in ('on', 'off')),
    l smallint not null check (l in (10, 20) or l > 100)
);
-- nonzero: select count(distinct a) = 3 and count(distinct i) = 2 and count(distinct f) = 2 from t
