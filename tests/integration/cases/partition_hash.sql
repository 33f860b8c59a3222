create table users (id uuid primary key, name text not null) partition by hash (id);
create table users_0 partition of users for values with (modulus 3, remainder 0);
create table users_1 partition of users for values with (modulus 3, remainder 1);
create table users_2 partition of users for values with (modulus 3, remainder 2);
create table posts (id bigserial, author uuid not null references users, title text, primary key (id));
-- nonzero: select count(*) from users_0
