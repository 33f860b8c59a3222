create schema sales;
create schema "Weird Name";
create table public.users (id serial primary key, name text);
create table sales.orders (id serial primary key, user_id integer not null references public.users);
create table "Weird Name"."Order Lines" ("Line No" integer primary key, "order" integer not null references sales.orders, "select" text);
create table sales.users (id serial primary key, user_id integer unique references public.users);
set search_path = sales, public;
create table refunds (id serial primary key, order_id integer references orders, user_id integer references users);
