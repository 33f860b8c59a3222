-- Who serves a customer works in that branch, and was hired by then; NULL where it may be and nobody fits.
-- rows: 800
-- args: --rows shops=30 --rows waiters=150
-- expect rows shops = 30
-- expect rows waiters = 150
create table shops (id serial primary key, name text not null, phone text);
create table waiters (id serial primary key, shop_id integer not null references shops, last_name text not null, hired_on date not null);
create table sales (
    id serial primary key,
    shop_id integer not null references shops,
    waiter_id integer references waiters,
    cashier_id integer not null,
    sold_at timestamp not null
);
create table cashiers (id serial primary key, shop_id integer not null references shops, last_name text not null);
alter table sales add foreign key (cashier_id) references cashiers (id);
-- zero: select count(*) from sales s join waiters c on c.id = s.waiter_id where c.shop_id <> s.shop_id
-- zero: select count(*) from sales s join waiters c on c.id = s.waiter_id where c.hired_on > s.sold_at::date
-- zero: select count(*) from sales s join cashiers c on c.id = s.cashier_id where c.shop_id <> s.shop_id
-- nonzero: select count(waiter_id) between 0.5 * count(*) and count(*) - 1 from sales
