-- One value in many: drawn again until it fits, or narrowed; never given up silently.
create table t (a integer not null, b integer not null, check (a between 0 and 999), check (b between 0 and 999), check ((a * 7 + b * 13) % 101 = 5));
create table u (a text not null check (length(a) = 12 and a like 'q%' and a !~ '[aeiou]'));
