-- Only the tables that are asked for, and what they refer to.
-- args: --tables lines
-- schema differs: unwanted
-- expect rows unwanted = 0
create table customers (id serial primary key, name text not null);
create table orders (id serial primary key, customer_id integer not null references customers);
create table lines (id serial primary key, order_id integer not null references orders);
create table unwanted (id serial primary key, order_id integer references orders);
