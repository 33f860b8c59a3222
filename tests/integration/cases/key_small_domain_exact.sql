-- A count asked for by the table's name is exact, or an error with the arithmetic.
-- args: --rows moods=4
-- expect error "3"
create type mood as enum ('sad', 'ok', 'happy');
create table moods (feeling mood primary key);
