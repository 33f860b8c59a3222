create table t (a integer constraint a_positive check (a > 0) no inherit, b integer, constraint b_bigger check (b > a), constraint "Weird ""name""" check (b < 1000000));
