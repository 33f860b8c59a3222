-- rows: 1
-- The only row has nobody to refer to, whatever its domain would accept.
create domain code as varchar(8) check (value ~ '^[A-Z]{2}[0-9]{3,5}$');
create table t (
    email code primary key check (email like '%7' and email like 'Q%'),
    value code references t (email) deferrable initially deferred,
    unique nulls not distinct (email, value)
);
