-- So many rows for each row of a parent: laid out by it, exact in number.
-- rows: 100
-- args: --rows lines=3/orders
-- expect rows lines = 300
create table orders (id serial primary key, placed_at timestamp not null);
create table lines (order_id integer not null references orders, line smallint not null, quantity integer not null check (quantity > 0), primary key (order_id, line));
-- nonzero: select count(distinct n) > 2 from (select count(l.order_id) n from orders o left join lines l on l.order_id = o.id group by o.id) x
