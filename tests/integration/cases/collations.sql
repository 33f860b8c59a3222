create table t (id serial primary key, a text collate "C" not null check (a > 'M'), b text collate "C" unique check (b < 'm'));
