-- What a parent holds about its children is what the children say.
-- plan: {"tables": {"orders": {"columns": {"total": {"generator": "expression", "sql": "coalesce(sum(lines.amount), 0)"},
--    "line_count": {"generator": "expression", "sql": "count(lines)"}}}}}
create table orders (id serial primary key, total numeric(12, 2) not null, line_count integer not null);
create table lines (id serial primary key, order_id integer not null references orders, amount numeric(8, 2) not null check (amount > 0));
-- zero: select count(*) from orders o where total <> (select coalesce(sum(amount), 0) from lines l where l.order_id = o.id)
-- zero: select count(*) from orders o where line_count <> (select count(*) from lines l where l.order_id = o.id)
