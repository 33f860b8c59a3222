-- Unique on an expression.
create table users (id serial primary key, email varchar(120) not null, username text);
create unique index users_email_lower on users (lower(email));
create unique index users_name_upper on users (upper(username));
create table files (id serial primary key, folder text not null, name text not null);
create unique index files_path on files (folder, lower(name));
create table tagged (id serial primary key, tag text, scope integer);
create unique index tagged_scope on tagged (tag, coalesce(scope, 0));
create table trimmed (id serial primary key, code text not null);
create unique index trimmed_code on trimmed (trim(code));
-- works: insert into users (email) values ('somebody.else@example.org')
-- refused: insert into users (email) select upper(email) from users limit 1
