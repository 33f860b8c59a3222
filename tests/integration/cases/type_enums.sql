create type status as enum ('new', 'in progress', 'it''s done', 'a,b', 'Ünïcode', '"quoted"');
create type one as enum ('only');
create table tickets (id serial primary key, state status not null default 'new', last_state status, nothing one not null, maybe one);
-- nonzero: select count(distinct state) >= 4 from tickets
