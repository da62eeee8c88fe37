What a transaction changed is lost unless it is committed: a script that ends inside of one, or
goes on to another database there, fails at the command that began it.
--- use tiny_py310.json
--- file open.memsee
read tiny_py310.json
!begin
delete from obj
--- file failing.memsee
!begin
delete from obj
nonsense
--- file include.memsee
include part.memsee
select count(*) from obj
--- file part.memsee
# here it begins
!savepoint here
--- cmd
memsee -q -d x.db -o out.md --junit out.xml open.memsee
ls *.md *.xml 2>/dev/null; grep -o 'error type.*message="[^"]*' out.xml
--- stdout
out.xml
error type="run" message="the transaction that begins in line 2 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
--- stderr
open.memsee:2:1: the transaction that begins in line 2 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  !begin
  ^
--- cmd
memsee -q -d x.db failing.memsee
--- stderr
failing.memsee:3:1: no command 'nonsense'; 'help' lists the commands
  nonsense
  ^
failing.memsee:1:1: the transaction that begins in line 1 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  !begin
  ^
--- status 2
--- cmd
memsee -q -d x.db include.memsee
--- stdout
| count(*) |
| -------: |
|      213 |
--- stderr
part.memsee:2:1: the transaction that begins in line 2 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  !savepoint here
  ^
--- status 2
--- cmd
memsee -q -d x.db -e '!begin' 'delete from ref' 'create y.db' 'select 1'
--- stderr
-e:1:1: the transaction that begins in line 1 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  create y.db
  ^
-e:1:1: the transaction that begins in line 1 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  !begin
  ^
--- status 2
--- cmd
memsee -q -d x.db -e '!begin' 'delete from ref' 'open x.db' 'select 1'
ls *.db
memsee -q -d x.db -f csv -e 'select count(*) > 0 from ref'
--- stdout
x.db
count(*) > 0
1
--- stderr
-e:1:1: the transaction that begins in line 1 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  open x.db
  ^
-e:1:1: the transaction that begins in line 1 is not ended, and what it changed would be lost: '!commit' keeps it, '!rollback' drops it
  !begin
  ^
--- cmd
memsee -q -d x.db -f csv -e '!begin' 'delete from ref' '!rollback' '!begin' "insert into env values ('a', 'b')" '!commit' 'select count(*) > 0 from ref'
--- stdout
count(*) > 0
1
