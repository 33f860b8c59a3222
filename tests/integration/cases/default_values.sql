-- A DEFAULT appears often.
create table t (id serial primary key, status varchar(10) not null default 'draft' check (status in ('draft', 'sent', 'paid')), currency char(3) not null default 'EUR', amount integer not null default 0 check (amount >= 0), created_at timestamptz not null default now());
-- nonzero: select count(*) > 20 from t where status = 'draft'
