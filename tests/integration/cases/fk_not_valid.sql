create table p (id integer primary key);
create table c (id integer primary key, p_id integer, amount integer);
alter table c add constraint c_p foreign key (p_id) references p not valid;
alter table c add constraint c_amount check (amount > 0) not valid;
-- zero: select count(*) from c where p_id is not null and p_id not in (select id from p)
-- zero: select count(*) from c where amount <= 0
