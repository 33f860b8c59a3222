-- One remainder has no partition: rows that hash there have no home, and which ones only PostgreSQL knows.
-- expect error "holes"
create table holes (id integer primary key, name text) partition by hash (id);
create table holes_0 partition of holes for values with (modulus 4, remainder 0);
create table holes_1 partition of holes for values with (modulus 4, remainder 1);
create table holes_3 partition of holes for values with (modulus 4, remainder 3);
