-- Two paths to one ancestor without shared columns: the line's item is of the order's restaurant.
create table restaurants (id serial primary key, name text not null);
create table menu_items (id serial primary key, restaurant_id integer not null references restaurants, name text not null, price numeric(6, 2) not null);
create table orders (id serial primary key, restaurant_id integer not null references restaurants, placed_at timestamp not null);
create table order_items (
    id serial primary key,
    order_id integer not null references orders,
    menu_item_id integer not null references menu_items,
    quantity integer not null check (quantity > 0)
);
-- zero: select count(*) from order_items i join orders o on o.id = i.order_id
--    join menu_items m on m.id = i.menu_item_id where m.restaurant_id <> o.restaurant_id
