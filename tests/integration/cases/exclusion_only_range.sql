create table epochs (name text primary key, years int4range not null, exclude using gist (years with &&));
create table numbered (id integer primary key, span int8range, exclude using gist (span with &&) deferrable initially deferred);
