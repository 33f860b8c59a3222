-- rows: 1000
-- plan: {"tables": {"t": {"columns": {"a": {"nulls": 0.25}, "b": {"nulls": 0}, "c": {"nulls": 0.9}}}}}
create table t (id serial primary key, a text, b integer, c date);
-- nonzero: select count(*) between 200 and 300 from t where a is null
-- zero: select count(*) from t where b is null
-- nonzero: select count(*) between 860 and 940 from t where c is null
