-- An unknown extension's type: NULL where that is allowed.
-- expect warning "geometry"
-- not enforced: TYPE of shape
-- schema differs: .

create table places (id serial primary key, name text not null, shape geometry(Point, 4326));
