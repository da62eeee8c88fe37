The graph is kept only while nothing changes it.
--- file chain.json
{"address": 10, "type": "a", "size": 1, "refs": [20]}
{"address": 20, "type": "b", "size": 1, "refs": []}
{"address": 30, "type": "c", "size": 1, "refs": []}
--- cmd
memsee -q -f csv -e 'read chain.json' 'path from "address = 10" to "address = 30"' \
    'insert into ref values (20, 30)' 'path from "address = 10" to "address = 30"' \
    'delete from ref where child = 30' 'path from "address = 10" to "address = 30"'
--- stdout
address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr
10,a,,,1,,,a
20,b,,,1,,,b
30,c,,,1,,,c

address,type,name,value,size,len,mark,repr
