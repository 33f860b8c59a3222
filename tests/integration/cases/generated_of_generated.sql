-- dialect: mysql
-- A generated column that reads another one.
create table t (id int not null auto_increment primary key, a int not null, g int generated always as (a + 1) stored, h int generated always as (g * 2) virtual);
