-v shows where a long script is.
--- file two.memsee
select 1 as a
select 2
    as b
--- cmd
memsee -v -f csv two.memsee
--- stdout
a
1

b
2
--- stderr
select 1 as a
select 2
    as b
