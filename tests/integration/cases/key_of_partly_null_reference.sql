-- Two parents of which the key is NULL are two to the parent's key, and one to a key that takes NULLs for equal.
create table roads (name varchar(20), since timestamp, unique (name, since));
create table signs (road varchar(20), since timestamp, foreign key (road, since) references roads (name, since),
    unique nulls not distinct (since, road));
-- rows: 300
