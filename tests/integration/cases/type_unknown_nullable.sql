-- An unknown extension's type: NULL where that is allowed.
-- expect warning "geometry"
-- schema differs: .

create table places (id serial primary key, name text not null, shape geometry(Point, 4326));
