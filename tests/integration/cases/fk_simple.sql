create table authors (id serial primary key, name text not null);
create table books (
    id serial primary key,
    author_id integer not null references authors on delete cascade,
    editor_id integer references authors (id) on delete set null on update cascade,
    title text not null
);
-- nonzero: select count(*) from books where editor_id is null
-- nonzero: select count(*) from books where editor_id is not null
-- nonzero: select count(distinct author_id) > 20 from books
