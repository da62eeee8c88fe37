The table of modules is referred to by what it holds; a plain gc would delete the heap.
--- file heap.json
{"address": 10, "type": "dict", "size": 100, "refs": [20, 21]}
{"address": 20, "type": "module", "size": 10, "name": "a", "refs": [30]}
{"address": 21, "type": "module", "size": 10, "name": "b", "refs": [30]}
{"address": 30, "type": "dict", "size": 10, "refs": [10, 40]}
{"address": 40, "type": "str", "size": 10, "value": "x", "len": 1, "refs": []}
{"address": 50, "type": "Node", "size": 10, "refs": [51]}
{"address": 51, "type": "Node", "size": 10, "refs": [50, 60]}
{"address": 60, "type": "Leaf", "size": 7, "refs": []}
--- cmd
memsee -f csv -e 'read heap.json' roots garbage 'gc' 'select address, mark from obj' 'roots original' roots
--- stdout
address,type,repr,size,why,cycle
10,dict,,100,table of modules in a cycle of its own,4

type,objects,bytes,example
Node,2,20,50
Leaf,1,7,60

address,mark
10,1
20,2
21,2
30,3
40,4

address,type,repr,size,why,cycle
--- stderr
8 objects and 9 references totalling 167 bytes
gc: 5 of 8 objects are reachable; 3 objects of 27 bytes are not: deleting them
