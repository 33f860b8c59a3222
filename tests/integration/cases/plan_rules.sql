-- Rules of a plan hold in every row; a rule may read a parent's columns.
-- plan: {"tables": {"orders": {"rules": ["total >= 10", "placed_on >= customer_id.joined_on", "state <> 'lost'"]}}}
create type state as enum ('new', 'paid', 'lost');
create table customers (id serial primary key, joined_on date not null);
create table orders (id serial primary key, customer_id integer not null references customers, placed_on date not null, total numeric(8, 2) not null, state state not null);
-- zero: select count(*) from orders where total < 10 or state = 'lost'
-- zero: select count(*) from orders o join customers c on c.id = o.customer_id where o.placed_on < c.joined_on
