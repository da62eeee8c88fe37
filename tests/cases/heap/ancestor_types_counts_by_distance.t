Nothing above a module is counted; an object that leads to itself is met again.
--- use tiny_py310.json
--- file heap.json
{"address": 1, "type": "a", "size": 1, "refs": [2]}
{"address": 2, "type": "b", "size": 1, "refs": [3, 1]}
{"address": 3, "type": "c", "size": 1, "refs": []}
{"address": 4, "type": "module", "size": 1, "refs": [2]}
{"address": 5, "type": "d", "size": 1, "refs": [4]}
--- cmd
memsee -f csv -e 'read heap.json' 'ancestor_types address = 3' 'ancestor_types address = 1' "ancestor_types type = 'module'" 'ancestor_types address = 99' "read tiny_py310.json" "ancestor_types type = 'bytes'"
--- stdout
gen,type,count(*)
0,c,1
2,a,1
2,module,1
3,b,1

gen,type,count(*)
1,b,1
2,a,1
2,module,1

gen,type,count(*)
0,module,1

gen,type,count(*)

gen,type,count(*)
0,bytes,4
1,dict,4
2,UploadHandler,4
3,dict,4
4,list,1
5,Registry,1
6,dict,1
--- stderr
5 objects and 5 references totalling 5 bytes
213 objects and 368 references totalling 32023 (32.0K) bytes
--- cmd
memsee --keep-going -e 'read heap.json' 'ancestor_types' 'ancestor_types nosuch = 1' 'ancestor_types "type = nosuch"'
--- stderr
5 objects and 5 references totalling 5 bytes
-e:1:1: usage: ancestor_types COND
  ancestor_types
  ^
-e:1:16: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  ancestor_types nosuch = 1
                 ^
-e:1:24: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  ancestor_types "type = nosuch"
                         ^
--- status 2
