Which objects the user chose as roots is in two tables, where anybody may write anything: a rule
that nobody knows is none, and a table that is gone or of another shape is one line.
--- use tiny_py310.json
--- cmd
memsee -q -d x.db -f csv --keep-going -e 'read tiny_py310.json' 'select count(*) from reachable(0)' 'roots address % 32 = 0' 'select count(*) from reachable(0)'
memsee -q -d x.db -f csv --keep-going -e '!update root_rule set rule = null' 'select count(*) from reachable(0)' "!update root_rule set rule = x'00'" 'select count(*) from reachable(0)' "!update root_rule set rule = 'every second'" 'select count(*) from reachable(0)'
memsee -q -d x.db -f csv --keep-going -e "!update root_rule set rule = 'chosen'" "insert into root_chosen values (1, 'x'), (1, null), (1, -16), (1, 9e99)" 'select count(*) from reachable(0)'
memsee -q -d x.db -f csv --keep-going -e '!drop table root_chosen' 'select count(*) from reachable(0)' 'roots' 'roots natural' 'select count(*) from reachable(0)'
memsee -q -d x.db -f csv --keep-going -e '!drop table root_rule' '!create table root_rule (a)' 'roots' 'roots original' 'gc keep'
--- stdout
count(*)
200

count(*)
213
count(*)
200

count(*)
200

count(*)
200
count(*)
213
count(*)
200
--- stderr
-e:1:1: SQL error: SQL error: no such table: main.root_chosen
  select count(*) from reachable(0)
  ^
-e:1:1: SQL error: no such table: main.root_chosen
  roots
  ^
-e:1:1: SQL error: no such column: rule; text takes single quotes: 'rule'
  roots
  ^
-e:1:1: SQL error: no such column: gen
  roots original
  ^
-e:1:8: SQL error: no such column: rule; text takes single quotes: 'rule'
  gc keep
         ^
--- status 2
