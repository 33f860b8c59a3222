-- A diamond whose columns are the key as well.
create table tenants (id integer primary key);
create table users (tenant integer references tenants, id integer, primary key (tenant, id));
create table groups (tenant integer references tenants, id integer, primary key (tenant, id));
create table members (
    tenant integer not null,
    user_id integer not null,
    group_id integer not null,
    primary key (tenant, user_id, group_id),
    foreign key (tenant, user_id) references users (tenant, id),
    foreign key (tenant, group_id) references groups (tenant, id)
);
