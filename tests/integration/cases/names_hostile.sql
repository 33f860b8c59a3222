-- Names that need quoting, of every kind that PostgreSQL allows.
create table "Order" ("select" integer primary key, "a b" text not null, "quote""d" integer, "UPPER" text, "ünï" text, "😀" integer, "semi;colon" text, "back\slash" text, "per%cent" text, "dollar$" text, "(paren)" integer check ("(paren)" > 0));
create table "tab/le" ("id" serial primary key, "order" integer not null references "Order");
create table ".." ("." integer primary key);
create table ".hidden" (id integer primary key);
create table "con" (id integer primary key, "column" integer references "con");
create table "a'b" (id serial primary key, "c'd" text check ("c'd" <> 'it''s'));
create table "CON" (id integer primary key);
create table "with space " (" id " integer primary key);
create table "-dash" ("-d" integer primary key);
create table "sixty_three_bytes_long_name_of_a_table_that_is_just_at_the_limit_" (id integer primary key);
create table "C:\evil" (id integer primary key);
create table "star*?" (id integer primary key);
