Neither endless rows nor an endless computation keeps a machine busy.
--- unless valgrind
--- use tiny_py310.json
--- file rows.memsee
with recursive c(x) as (select 1 union all select x + 1 from c) select x from c
--- file time.memsee
read $1
select count(*) from ref a, ref b, ref c, ref d, ref e
--- file deep.memsee
include deep.memsee
--- cmd
memsee -q --safe --max-rows 1000 rows.memsee
--- stderr
rows.memsee:1:1: more than 1000 rows; --max-rows allows more
  with recursive c(x) as (select 1 union all select x + 1 from c) select x from c
  ^
--- status 2
--- cmd
memsee -q --safe --max-seconds 1 time.memsee tiny_py310.json
--- stderr
time.memsee:2:1: the time is up; --max-seconds allows more
  select count(*) from ref a, ref b, ref c, ref d, ref e
  ^
--- status 3
--- cmd
memsee -q --safe deep.memsee 2>&1 | head -n 1
--- stdout
deep.memsee:1:1: scripts include each other more than 64 deep
