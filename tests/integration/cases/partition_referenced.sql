create table orders (id integer not null, year smallint not null, primary key (id, year)) partition by range (year);
create table orders_a partition of orders for values from (2020) to (2023);
create table orders_b partition of orders for values from (2023) to (2027);
create table lines (id serial primary key, order_id integer not null, order_year smallint not null, foreign key (order_id, order_year) references orders);
create table notes (order_id integer, order_year smallint, body text, foreign key (order_id, order_year) references orders, primary key (order_id, order_year)) partition by list (order_year);
create table notes_even partition of notes for values in (2020, 2022, 2024, 2026);
create table notes_odd partition of notes for values in (2021, 2023, 2025);
