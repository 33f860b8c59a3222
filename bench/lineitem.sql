-- The shape of TPC-H's lineitem, 16 columns, with as much of orders as its rows depend on.
create table orders (
    o_orderkey  bigint primary key,
    o_orderdate date not null
);

create table lineitem (
    l_orderkey      bigint         not null references orders,
    l_partkey       integer        not null,
    l_suppkey       integer        not null,
    l_linenumber    integer        not null,
    l_quantity      integer        not null,
    l_extendedprice numeric(15, 2) not null,
    l_discount      numeric(15, 2) not null,
    l_tax           numeric(15, 2) not null,
    l_returnflag    char(1)        not null,
    l_linestatus    char(1)        not null,
    l_shipdate      date           not null,
    l_commitdate    date           not null,
    l_receiptdate   date           not null,
    l_shipinstruct  varchar(25)    not null,
    l_shipmode      varchar(10)    not null,
    l_comment       varchar(44)    not null,
    primary key (l_orderkey, l_linenumber)
);
