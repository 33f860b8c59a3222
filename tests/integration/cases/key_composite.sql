create table grid (x integer, y integer, label text not null, primary key (x, y), unique (label, y));
create table versions (document uuid not null, version smallint not null, body text, primary key (document, version));
create table wide (a char(1), b char(1), c char(1), d boolean, unique (a, b, c, d), unique (d, c));
