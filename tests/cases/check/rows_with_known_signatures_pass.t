A baseline serves any query that has signatures, such as the ways in which a class is held.
--- use leaky_py310_1.json.gz as heap.gz
--- file check.memsee
read heap.gz
signatures to "type = 'LeakedSession'"
expect held: empty select * from #0 known known.csv
expect few: empty select signature, 1 as count from #0 known "few.csv"
--- cmd
memsee -q -f csv check.memsee
--- stdout
objects,bytes,signature,address
180,11520,module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,140370444306176
--- stderr
check.memsee:3:1: cannot read 'known.csv': No such file or directory
  expect held: empty select * from #0 known known.csv
  ^
--- status 3
--- cmd
memsee -q --update-baseline -o csv:/dev/null check.memsee; cat known.csv few.csv
--- stdout
signature,count,note
"module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",180,
signature,count,note
"module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",1,
--- cmd
memsee -q -f csv check.memsee
--- stdout
objects,bytes,signature,address
180,11520,module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,140370444306176

Checks
check,status,expected,found,message
held,passed,no new rows,0 rows,
few,passed,no new rows,0 rows,
--- cmd
sed -i s/,180,/,179,/ known.csv; memsee -q -f csv check.memsee 2>&1 >/dev/null | head -n 1; memsee -q -e "read heap.gz" "expect empty select 1 where 0 known known.csv"
--- stdout
check.memsee:3:1: check failed: held: expected no new rows, found 1 row
--- stderr
-e:1:1: 'known' is about signatures, and the query has no column 'signature'
  expect empty select 1 where 0 known known.csv
  ^
--- status 2
--- cmd
memsee -q -e "expect empty select known from (select 1 as known) known where 0"
--- stdout
**Checks**

| check                                                     | status | expected | found  | message |
| --------------------------------------------------------- | ------ | -------- | ------ | ------- |
| empty select known from (select 1 as known) known where 0 | passed | no rows  | 0 rows | ∘       |
