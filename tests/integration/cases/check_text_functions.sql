create table t (
    a text not null check (length(a) between 3 and 8), b text not null check (char_length(trim(b)) > 0), c text not null check (c = lower(c)), d varchar(12) not null check (upper(d) = d and length(d) > 2),
    e text not null check (octet_length(e) < 20), f text not null check (position('@' in f) > 1), g text not null check (substring(g from 1 for 1) = 'Q'), h text not null check (length(h) = 10),
    i char(6) not null check (length(i) = 6), j text not null check (h || '' <> ''), k text not null check (btrim(k) = k and k <> ''), l text not null check (right(l, 1) = '!'),
    m text not null check (coalesce(length(m), 0) > 2), n varchar(5) not null check (nullif(n, '') is not null), o text not null check (concat(o, '') = o)
);
