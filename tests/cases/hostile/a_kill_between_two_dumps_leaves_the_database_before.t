A `read` of several dumps that is killed between two of them is taken back by the next one that opens the database, and only when its process is dead.
--- unless valgrind
--- use tiny_py310.json
--- use tiny_py27.json
--- use dumper_py313.json
--- cmd
# The second dump is a pipe that nobody writes to: the command waits there.
mkfifo pipe
dump() { memsee -q -d "$1" -f csv -e "select name, tbl_name from sqlite_schema order by name" "select * from gen" "select count(*) from obj" "select sum(value) from read_log"; }
memsee -q -d x.db -e 'read tiny_py310.json'
dump x.db > before
memsee -q -d x.db -e 'read tiny_py27.json dumper_py313.json pipe' & pid=$!
n=0; until [ "$(memsee -q -d x.db -e gen)" = '3 generations, current is 3' ] || [ $((n += 1)) -gt 2000 ]; do sleep 0.02; done
# A copy made meanwhile is a database of its own, before the command.
memsee -q -d x.db -e "!vacuum into 'copy.db'"
dump copy.db > of-copy
kill -9 $pid
{ wait $pid; } 2>/dev/null
echo "killed: $?"
dump x.db > after
cmp before after && cmp before of-copy
--- stdout
killed: 137
--- stderr
memsee: warning: 'copy.db': 2 dumps of a 'read' that was killed taken back
memsee: warning: 'x.db': 2 dumps of a 'read' that was killed taken back
--- cmd
# Another process reads meanwhile: what it read stays.
memsee -q -d x.db -e 'read tiny_py27.json pipe' & pid=$!
n=0; until [ "$(memsee -q -d x.db -e gen)" = '2 generations, current is 2' ] || [ $((n += 1)) -gt 2000 ]; do sleep 0.02; done
memsee -q -d x.db -e 'read dumper_py313.json'
kill -9 $pid
{ wait $pid; } 2>/dev/null
memsee -q -d x.db -f csv -e 'select * from gen order by num' 'expect select count(*) from obj = 46' "expect select count(*) from sqlite_schema where name like '%unfinished' = 0"
--- stdout
num,current
1,0
3,1

Checks
check,status,expected,found,message
select count(*) from obj = 46,passed,= 46,46,
select count(*) from sqlite_schema where name like '%unfinished' = 0,passed,= 0,0,
--- stderr
memsee: warning: 'x.db': 1 dump of a 'read' that was killed taken back
--- cmd
# One that lives to the end has no trace left.
memsee -q -d y.db -e 'gen none'
memsee -q -d y.db -e 'read tiny_py27.json pipe' & pid=$!
n=0; until [ "$(memsee -q -d y.db -e gen)" = '1 generations, current is 1' ] || [ $((n += 1)) -gt 2000 ]; do sleep 0.02; done
cat tiny_py310.json > pipe
wait $pid
memsee -q -d y.db -f csv -e 'select * from gen order by num' "expect select count(*) from sqlite_schema where name like '%unfinished' = 0"
--- stdout
num,current
1,0
2,1

Checks
check,status,expected,found,message
select count(*) from sqlite_schema where name like '%unfinished' = 0,passed,= 0,0,
--- cmd
# Somebody else's table of that name says nothing.
sqlite3 y.db 'create table read_unfinished (x); insert into read_unfinished values (1)' 2>/dev/null || python3 -c "
import sqlite3; d = sqlite3.connect('y.db'); d.execute('create table read_unfinished (x)'); d.execute('insert into read_unfinished values (1)'); d.commit()"
memsee -q -d y.db -e gen
--- stdout
2 generations, current is 2
