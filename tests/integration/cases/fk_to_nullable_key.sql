-- Every row needs another parent, and the key that it refers to could be NULL, or refers on itself.
create table badges (number bigint primary key, replaces bigint unique references badges (number), code text unique);
create table doors (badge bigint not null unique references badges (replaces), code text not null references badges (code));
-- zero: select count(*) from badges where code is null
