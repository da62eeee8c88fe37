A read that fails leaves the database as it was, whichever of its dumps is at fault.
--- unless valgrind
--- use tiny_py310.json
--- use tiny_py27.json
--- use dumper_py313.json
--- file bad.json
no dump at all
--- cmd
dump() { memsee -q -d x.db -f csv -e "select name, tbl_name from sqlite_schema order by name" "select * from gen" "select count(*) from obj" "select sum(value) from read_log"; }
memsee -q -d x.db -e 'read tiny_py310.json'
dump > before
memsee -q -d x.db -e 'read tiny_py27.json missing.json'
memsee -q -d x.db -e 'read tiny_py27.json dumper_py313.json bad.json'
memsee -q -d x.db -e 'read dumper_py313.json tiny_py27.json .'
dump > after
cmp before after
memsee -q -d x.db -f csv -e 'read tiny_py27.json dumper_py313.json' 'select * from gen' 'expect select count(*) from ref1 = 369'
--- stdout
num,current
1,0
2,0
3,1

Checks
check,status,expected,found,message
select count(*) from ref1 = 369,passed,= 369,369,
--- stderr
-e:1:1: cannot read 'missing.json': No such file or directory
  read tiny_py27.json missing.json
  ^
-e:1:1: 'bad.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read tiny_py27.json dumper_py313.json bad.json
  ^
-e:1:1: cannot read '.': it is a folder, not a dump
  read dumper_py313.json tiny_py27.json .
  ^
--- cmd
memsee -q -d new.db -e 'read dumper_py313.json bad.json'
memsee -q -d new.db -f csv -e "select name from sqlite_schema order by name"
--- stdout
name
env
gen
--- stderr
-e:1:1: 'bad.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read dumper_py313.json bad.json
  ^
--- cmd
memsee -q --keep-going -f csv -e 'read tiny_py310.json tiny_py27.json bad.json' 'gen' 'stats' 'select count(*) from read_log' 'select name from sqlite_schema'
--- stdout
count(*)
0

name
gen
env
--- stderr
-e:1:1: 'bad.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read tiny_py310.json tiny_py27.json bad.json
  ^
-e:1:1: no dump has been read yet; 'read DUMP' loads one
  stats
  ^
--- status 3
