-- A row must not refer to itself: trees need no redraw for it, and where NULL is not allowed the first two refer to each other.
create table agents (agent_id uuid primary key, handler_id uuid references agents check (handler_id <> agent_id));
create table nodes (id int primary key, up_id int not null references nodes, backup_id int references nodes,
    check (up_id <> id), check (backup_id is null or (backup_id <> up_id and backup_id <> id)));
create table lodges (id int primary key);
create table masons (id varchar(8) primary key check (id ~ '^M[0-9]{6}$'), lodge_id int not null references lodges, supervisor_id varchar(8) references masons,
    check (supervisor_id is null or supervisor_id <> id));
-- nonzero: select count(handler_id) between 0.5 * count(*) and count(*) - 1 from agents
-- nonzero: select count(backup_id) > 0.5 * count(*) from nodes
-- zero: select greatest(count(*) - 1, 0) from nodes a join nodes b on b.id = a.up_id where b.up_id = a.id and a.id < b.id
-- zero: select count(*) from masons m join masons s on s.id = m.supervisor_id where s.lodge_id <> m.lodge_id
-- report: agents_check by construction
