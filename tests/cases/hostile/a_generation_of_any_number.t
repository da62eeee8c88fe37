The numbers of generations are in a table, where anybody may write any.
--- use tiny_py310.json
--- cmd
memsee -q -d x.db -e 'read tiny_py310.json' 'update gen set num = -7' 'read tiny_py310.json'
memsee -q -d x.db -f csv -e 'select * from gen'
memsee -q -d x.db -e 'update gen set num = 9223372036854775807 where current = 1' 'read tiny_py310.json'
--- stdout
num,current
-7,1
--- stderr
-e:1:1: 'x.db' has a generation -7; they are numbered from 1
  read tiny_py310.json
  ^
-e:1:1: 'x.db' has a generation of the highest possible number
  read tiny_py310.json
  ^
--- status 3
