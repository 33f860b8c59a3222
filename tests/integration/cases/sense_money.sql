-- What things cost is in the league of what they are: houses, loans, insurance.
create table properties (id serial primary key, address text not null, bedrooms int not null, year_built int not null, list_price numeric(12,2) not null, listed_date date not null);
create table offers (id serial primary key, property_id int not null references properties, offer_amount numeric(12,2) not null, offer_date date not null,
    expires_at timestamp not null);
create table sales (id serial primary key, property_id int unique not null references properties, sale_price numeric(12,2) not null, closing_date date not null,
    commission numeric(10,2) not null);
create table loans (id serial primary key, principal numeric(12,2) not null, interest_rate numeric(5,3) not null, term_months int not null, start_date date not null,
    end_date date not null, monthly_payment numeric(10,2) not null, status varchar(20) not null check (status in ('active', 'paid_off', 'defaulted')));
create table policies (policy_number text primary key, premium numeric(10,2), deductible numeric(8,2) not null, effective_date date not null, expiration_date date,
    status text not null check (status in ('active', 'expired', 'cancelled')));
create table claims (id serial primary key, policy_number text not null references policies, claim_date date not null, incident_date date not null,
    claim_amount numeric(10,2) not null, approved_amount numeric(10,2), status text not null check (status in ('filed', 'approved', 'denied', 'paid')));
create table plans (id serial primary key, name text not null, monthly_fee numeric(6,2) not null, duration_months int not null);
create table subscriptions (id serial primary key, plan_id int not null references plans, start_date date not null, end_date date not null);
create table payments (id serial primary key, subscription_id int not null references subscriptions, amount numeric(8,2) not null, payment_date date not null);
-- zero: select count(*) from properties where list_price < 65000 or year_built not between 1850 and 2026
-- zero: select count(*) from offers join properties p on p.id = property_id where offer_amount not between list_price * 0.89 and list_price * 1.05
-- zero: select count(*) from offers where expires_at::date not between offer_date + 1 and offer_date + 22
-- zero: select count(*) from sales where commission not between sale_price * 0.0199 and sale_price * 0.0301
-- zero: select count(*) from loans where end_date <> (start_date + term_months * interval '1 month')::date
-- zero: select count(*) from loans where monthly_payment < principal / term_months or monthly_payment > principal / term_months + principal * interest_rate / 1200
-- zero: select count(*) from loans where (status = 'paid_off') <> (end_date < date '2026-01-01') and status <> 'defaulted'
-- nonzero: select count(*) from loans where status = 'paid_off'
-- zero: select count(*) from policies where status = 'active' and expiration_date < date '2026-01-01' or status = 'expired' and expiration_date >= date '2026-01-01'
-- zero: select count(*) from policies where policy_number not like 'POL-%'
-- zero: select count(*) from claims where incident_date > claim_date or incident_date < claim_date - 45
-- zero: select count(*) from claims where approved_amount > claim_amount or status in ('filed', 'denied') and approved_amount is not null
-- zero: select count(*) from subscriptions s join plans p on p.id = plan_id where end_date <> (start_date + duration_months * interval '1 month')::date
-- zero: select count(*) from payments join subscriptions s on s.id = subscription_id join plans p on p.id = plan_id where amount <> monthly_fee
