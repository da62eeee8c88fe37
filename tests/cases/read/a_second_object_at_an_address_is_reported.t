The first wins, and that it was not the same is said.
--- file twice.json
{"address": 16, "type": "list", "size": 56, "len": 0, "refs": []}
{"address": 32, "type": "int", "size": 28, "value": 5, "refs": []}
{"address": 16, "type": "dict", "size": 64, "len": 0, "refs": [32]}
{"address": 32, "type": "int", "size": 28, "value": 5, "refs": []}
--- cmd
memsee -q -f csv -e 'read twice.json' 'select address, type, size from obj order by address' 'select * from ref order by 1, 2'
--- stdout
address,type,size
16,list,56
32,int,28

parent,child
0,16
0,32
--- stderr
memsee: warning: twice.json:3: another object at address 16 than in line 1, which is kept
--- cmd
memsee -q --strict -f csv -e 'read twice.json' 'select 1'
--- stderr
-e:1:1: twice.json:3: another object at address 16 than in line 1
  read twice.json
  ^
--- status 3
