A reference to an object that is not in the dump is no way through.
--- file gap.json
{"address": 10, "type": "a", "size": 1, "refs": [15]}
{"address": 20, "type": "b", "size": 1, "refs": [15]}
--- cmd
memsee -q -f csv -e 'read gap.json' 'path from "address = 10" to "address = 15"' \
    'path from "address = 10" to "address in 15^" reversed'
--- stdout
address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr
10,a,,,1,,,a
