A reader that went away is an error of the write, not a silent death.
--- cmd
(memsee -f csv -e 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i from n'; echo $? >&2) | head -n 2
--- stdout
i
1
--- stderr
-e:1:1: cannot write 'standard output': Broken pipe
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i from n
  ^
3
