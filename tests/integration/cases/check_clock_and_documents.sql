-- What PostgreSQL reads the clock for has to hold when the rows are loaded, which is later than the plan's day.
create table t (id serial primary key, valid_until date not null check (valid_until >= current_date), born date not null check (born <= current_date - interval '18 years'));
-- Generated columns, bits, documents, ranges and bytes.
create table u (id serial primary key, k integer not null check (k & 1 = 0), j jsonb not null check (j ? 'name'), r int4range not null check (not isempty(r) and lower(r) > 0), b bytea not null check (octet_length(b) <= 64), ip inet not null check (family(ip) = 4), w numeric(65, 30) not null default 0);
