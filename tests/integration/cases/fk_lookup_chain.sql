-- Types follow the key they refer to, through several tables and domains.
create domain sku as varchar(12) check (value ~ '^[A-Z]{3}-[0-9]{4,8}$');
create table products (code sku primary key, name text not null);
create table stock (code sku primary key references products, amount integer not null check (amount >= 0));
create table moves (id serial primary key, code varchar(12) not null references stock, delta integer not null check (delta <> 0));
