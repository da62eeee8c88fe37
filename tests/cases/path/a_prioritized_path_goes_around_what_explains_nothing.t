The shortest way to an object may lead through a frame or a class; with `prioritized` a longer one through the program's own data is found.
--- file heap.json
{"address": 1, "type": "module", "size": 10, "name": "main", "refs": [2, 3]}
{"address": 2, "type": "frame", "size": 10, "refs": [6]}
{"address": 3, "type": "dict", "size": 10, "refs": [4]}
{"address": 4, "type": "list", "size": 10, "refs": [5]}
{"address": 5, "type": "Own", "size": 10, "refs": [6, 7]}
{"address": 6, "type": "Leak", "size": 10, "refs": []}
{"address": 7, "type": "Leak", "size": 10, "refs": []}
{"address": 8, "type": "Far", "size": 10, "refs": []}
--- cmd
memsee -q -f csv -e 'read heap.json' 'path from "address = 1" to "address = 6"' 'path from "address = 1" to "address = 6" prioritized' 'path from "address = 1" to "type = '"'Leak'"'" prioritized' 'path from "address = 6" to "address = 1" reversed prioritized' 'path from "address = 1" to "address = 6" avoiding "address = 4" prioritized' 'path from "address = 1" to "address = 8" prioritized' | cut -d, -f1,2
--- stdout
address,type
1,module
2,frame
6,Leak

address,type
1,module
3,dict
4,list
5,Own
6,Leak

address,type
1,module
3,dict
4,list
5,Own
6,Leak

address,type
6,Leak
5,Own
4,list
3,dict
1,module

address,type
1,module
2,frame
6,Leak

address,type
