-- … and an error that names the column where it is not.
-- expect error "shape"
create table places (id serial primary key, shape geometry(Point, 4326) not null);
