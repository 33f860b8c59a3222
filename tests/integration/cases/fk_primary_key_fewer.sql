-- More children than parents are asked for: as many as the key allows.
-- rows: 100
-- args: --rows parents=40
-- expect rows parents = 40
-- expect rows children = 40
-- expect warning "40"
create table parents (id integer primary key);
create table children (id integer primary key references parents, note text);
