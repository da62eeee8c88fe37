That no more fits into the database is no fault of the script's.
--- use tiny_py310.json
--- cmd
memsee -q -d x.db -e 'read tiny_py310.json' '!pragma max_page_count = 1' 'create table t (a)' 2> err
memsee -q -d x.db -e '!pragma max_page_count = 1' '!create table t (a)' "insert into t select zeroblob(100000)"
--- stderr
-e:1:1: database 'x.db': database or disk is full
  !create table t (a)
  ^
--- status 3
