A reader that has enough of standard output is no error; what else the run writes is whole.
--- cmd
(memsee -f csv -e 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i from n'; echo $? >&2) | head -n 2
--- stdout
i
1
--- stderr
0
