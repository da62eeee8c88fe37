The graph is that of the tables as they are: within a transaction, after it was taken back, in
whole, to a savepoint or by SQLite itself, and after it was committed.
--- use tiny_py310.json
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' \
	'!begin' '!delete from ref where parent = 0' 'select count(*) as within from children(0)' \
	'!rollback' 'select count(*) as rolled_back from children(0)' \
	'!savepoint a' '!delete from ref where parent = 0' 'select count(*) as within from children(0)' \
	'!rollback to a' 'select count(*) as rolled_back_to from children(0)' '!release a' \
	'!begin' '!delete from ref where parent = 0' 'select count(*) as within from children(0)' \
	'!commit' 'select count(*) as committed from children(0)'
memsee -q --keep-going -f csv -e 'read tiny_py310.json' \
	'!begin' '!delete from ref where parent = 0' 'select count(*) as within from children(0)' \
	"!insert or rollback into obj (address) select max(address) from obj" \
	'select count(*) as rolled_back from children(0)'
--- stdout
within
0

rolled_back
1

within
0

rolled_back_to
1

within
0

committed
0
within
0

rolled_back
1
--- stderr
-e:1:1: SQL error: UNIQUE constraint failed: obj.address
  !insert or rollback into obj (address) select max(address) from obj
  ^
--- status 2
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' 'let x select max(address) from obj' \
	'!begin' '!delete from obj where address = $x' 'select count(*) as within from path(0, $x)' \
	'!rollback' 'select count(*) > 0 as after from path(0, $x)' \
	'path from "address = $x" to "address = $x"' 'expect 1 = 2'
--- stdout
within
0

after
1

address,type,name,value,size,len,mark,repr
139768364579968,NoneType,,,16,,,NoneType

Checks
check,status,expected,found,message
1 = 2,failed,= 2,1,
--- stderr
-e:1:1: check failed: 1 = 2: expected = 2, found 1
  expect 1 = 2
  ^
--- status 1
