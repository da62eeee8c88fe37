A result that is not there, a row beyond its end, a column it does not have.
--- cmd
memsee --keep-going -f csv -e 'select 1 as a' 'select #1.0' 'select * from #4' \
    'select #0.0' 'select 7 as address' 'select #1.1' 'select #1.nosuch' 'echo #9.0' 'select #1.0 as fine'
--- stdout
a
1

address
7

fine
7
--- stderr
-e:1:8: no result #1; the last is #0
  select #1.0
         ^
-e:1:15: no result #4; the last is #0
  select * from #4
                ^
-e:1:8: result #0 has no column 'address'; its columns are a
  select #0.0
         ^
-e:1:8: result #1 has 1 row, no row 1
  select #1.1
         ^
-e:1:8: result #1 has no column 'nosuch'; its columns are address
  select #1.nosuch
         ^
-e:1:6: no result #9; the last is #1
  echo #9.0
       ^
--- status 2
