Each way around --safe that somebody has thought of, tried.
--- use tiny_py310.json
--- file f/script.memsee
read tiny_py310.json
output dot:../evil.dot
folded ../evil.txt
expect empty select 'a' as signature, 1 as count known ../evil.csv
import ../tiny_py310.json
insert into temp.sqlite_master values (1)
update sqlite_master set sql = 'x'
delete from sqlite_master
select * from fsdir('/')
select randomblob(1000000000)
select count(*) from pragma_writable_schema where 0
select * from pragma_journal_mode('off')
create virtual table t using fts5(x)
select * from fts5vocab
caption ../../evil
select 1
--- cmd
memsee -q -f csv -o out/ --safe --keep-going f/script.memsee tiny_py310.json
ls . f out
--- stdout
.:
f
out
tiny_py310.json

f:
script.memsee

out:
evil.csv
result-0.csv
--- stderr
f/script.memsee:2:1: --safe: 'output' of a file that is not on the command line: 'dot:../evil.dot'
  output dot:../evil.dot
  ^
f/script.memsee:3:1: --safe: 'folded' of a file that is not on the command line: '../evil.txt'
  folded ../evil.txt
  ^
f/script.memsee:4:1: --safe: 'known' of a file that is not on the command line: '../evil.csv'
  expect empty select 'a' as signature, 1 as count known ../evil.csv
  ^
f/script.memsee:5:1: --safe: 'import' of a file that is not on the command line: '../tiny_py310.json'
  import ../tiny_py310.json
  ^
f/script.memsee:6:1: SQL error: table sqlite_temp_master may not be modified
  insert into temp.sqlite_master values (1)
  ^
f/script.memsee:7:1: SQL error: table sqlite_master may not be modified
  update sqlite_master set sql = 'x'
  ^
f/script.memsee:8:1: SQL error: table sqlite_master may not be modified
  delete from sqlite_master
  ^
f/script.memsee:9:1: SQL error: no such table: fsdir
  select * from fsdir('/')
  ^
f/script.memsee:10:1: SQL error: string or blob too big
  select randomblob(1000000000)
  ^
f/script.memsee:12:1: SQL error: unknown database 'off'
  select * from pragma_journal_mode('off')
  ^
f/script.memsee:13:1: usage: create DATABASE
  create virtual table t using fts5(x)
  ^
f/script.memsee:14:1: SQL error: no such table: fts5vocab
  select * from fts5vocab
  ^
