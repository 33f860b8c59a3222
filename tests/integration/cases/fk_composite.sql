create table orders (region char(2) not null, number integer not null, placed date not null, primary key (region, number));
create table lines (
    region char(2) not null,
    number integer not null,
    line smallint not null,
    amount numeric(10, 2) not null check (amount > 0),
    primary key (region, number, line),
    foreign key (region, number) references orders (region, number)
);
create table returns (
    id serial primary key,
    number integer,
    region char(2),
    reason text,
    foreign key (region, number) references orders
);
create table swapped (
    id serial primary key,
    n integer not null,
    r char(2) not null,
    constraint swapped_order foreign key (n, r) references orders (number, region)
);
create unique index orders_swapped on orders (number, region);
-- schema differs: orders_swapped
