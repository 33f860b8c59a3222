-- Tenants: whoever owns, writes or does something in an organization is of it, and a parcel goes to one of its sender's places.
-- rows: 600
-- args: --rows organizations=40 --rows users=300
-- expect rows organizations = 40
-- expect rows users = 300
create table organizations (id uuid primary key, name text not null, owner_user_id uuid not null);
create table users (id uuid primary key, organization_id uuid not null references organizations deferrable initially deferred, first_name text, last_name text);
alter table organizations add foreign key (owner_user_id) references users deferrable initially deferred;
create table projects (id uuid primary key, organization_id uuid not null references organizations, created_by uuid not null references users, title text not null);
create table tasks (id uuid primary key, project_id uuid not null references projects, reporter_id uuid not null references users, assignee_id uuid references users,
    parent_task_id uuid references tasks, title text not null, check (assignee_id <> reporter_id));
create table customers (id serial primary key, first_name text not null, last_name text not null);
create table addresses (id serial primary key, customer_id int not null references customers, street text not null);
create table orders (id serial primary key, customer_id int not null references customers, shipping_address_id int not null references addresses, billing_address_id int references addresses);
-- zero: select count(*) from organizations o join users u on u.id = o.owner_user_id where u.organization_id <> o.id
-- zero: select count(*) from projects p join users u on u.id = p.created_by where u.organization_id <> p.organization_id
-- zero: select count(*) from tasks t join projects p on p.id = t.project_id join users u on u.id = t.reporter_id where u.organization_id <> p.organization_id
-- zero: select count(*) from tasks t join projects p on p.id = t.project_id join users u on u.id = t.assignee_id where u.organization_id <> p.organization_id
-- zero: select count(*) from tasks t join tasks u on u.id = t.parent_task_id where u.project_id <> t.project_id
-- nonzero: select count(assignee_id) > 0.5 * count(*) from tasks
-- zero: select count(*) from orders o join addresses a on a.id in (o.shipping_address_id, o.billing_address_id) where a.customer_id <> o.customer_id
