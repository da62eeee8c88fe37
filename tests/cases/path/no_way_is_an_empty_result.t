Nothing leads there, nothing matches, or it is there already: rows or none, never an error.
--- file two.json
{"address": 10, "type": "a", "size": 1, "refs": [10]}
{"address": 20, "type": "b", "size": 1, "refs": []}
--- cmd
memsee -q -f csv -e 'read two.json' \
    'path from "address = 10" to "address = 20"' \
    'path from "0" to "1"' 'path from "1" to "0"' \
    'path from "address = 10" to "address = 10"' 'path from "1" to "1" reversed' \
    'select (select count(*) from #0) as a, (select count(*) from #3) as b'
--- stdout
address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr
10,a,,,1,,,a

address,type,name,value,size,len,mark,repr
10,a,,,1,,,a

a,b
0,1
