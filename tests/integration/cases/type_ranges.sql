create type float_range as range (subtype = double precision);
create type money_range as range (subtype = numeric);
create table ranges (id serial primary key, f float_range not null, m money_range, during tstzrange not null check (not isempty(during)), days daterange check (lower(days) >= date '2020-01-01'));
