create table t (
    a text not null check (a like 'A%'), b text not null check (b like '%.txt'), c text not null check (c like 'A__-%-z'), d varchar(8) not null check (d ~ '^[A-Z]{2}[0-9]{4}$'),
    e text not null check (e ~* '^(cat|dog)s?$'), f text not null check (f !~ '[^a-z]'), g text not null check (g similar to '(a|b)+c'), h text not null check (h not like '% %'),
    i text not null check (i ilike 'x%'), j varchar(20) not null check (j ~ '^\+?[0-9]{7,15}$'), k text not null check (k ~ '@'), l text not null check (l ~ '^[^@\s]+@[^@\s]+\.[a-z]+$' and length(l) <= 30),
    m char(7) not null check (m ~ '^#[0-9a-fA-F]{6}$'), n text not null check (regexp_match(n, '^\d{3}$') is not null), o text not null check (o ~ '^\w+$' and o !~ '\d'),
    p varchar(17) not null unique check (p ~ '^[0-9A-HJ-NPR-Z]{17}$'), q text not null check (starts_with(q, 'pre')), r text not null check (left(r, 2) = 'AB')
);
-- nonzero: select count(distinct d) > 150 and count(distinct e) > 1 from t
