-- NOT NULL and UNIQUE: everybody points to a different one.
create table ring (id integer primary key, next_id integer not null unique references ring);
-- zero: select count(*) from ring r where not exists (select from ring p where p.next_id = r.id)
