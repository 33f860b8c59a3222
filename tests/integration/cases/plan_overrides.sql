-- An override is the last step of its column, and its share is exact.
-- rows: 1000
-- plan: {"tables": {"orders": {"overrides": [
--    {"set": {"state": "'cancelled'"}, "share": 0.3}, {"when": "city = 'London'", "set": {"price": "price * 2"}}],
--    "columns": {"state": {"generator": "constant", "value": "new"}, "price": {"generator": "constant", "value": 10}, "city": {"generator": "choice", "values": ["London", "Paris"]}}}}}
create table orders (id serial primary key, state text not null, city text not null, price numeric(8, 2) not null);
-- zero: select count(*) - 300 from orders where state = 'cancelled'
-- zero: select count(*) from orders where price <> case city when 'London' then 20 else 10 end
