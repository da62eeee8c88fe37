A class without functions in a cycle of its own is taken for one that C code holds, unless the dump says that only objects hold it.
--- file heap.json
{"memsee_dump": 1, "address": 1, "type": "memsee_dump", "size": 0, "refs": []}
{"address": 16, "type": "type", "size": 900, "name": "Held", "refs": [32]}
{"address": 32, "type": "tuple", "size": 48, "len": 1, "refs": [16]}
{"address": 48, "type": "type", "size": 900, "name": "Dead", "refs": [64], "root": "held by objects alone"}
{"address": 64, "type": "tuple", "size": 48, "len": 1, "refs": [48]}
{"address": 80, "type": "type", "size": 900, "name": "Used", "refs": [96], "root": "held by objects alone"}
{"address": 96, "type": "tuple", "size": 48, "len": 1, "refs": [80]}
{"address": 112, "type": "list", "size": 64, "len": 1, "refs": [80]}
--- cmd
memsee -q -f csv -e 'read heap.json' roots garbage
memsee -q -f csv --redact -e 'read heap.json' roots
--- stdout
address,type,repr,size,why,cycle
16,type,Held,900,class of C code in a cycle of its own,2
112,list,,64,nothing refers to it,1

type,objects,bytes,example
type,1,900,48
tuple,1,48,64
address,type,repr,size,why,cycle
16,type,Held,900,class of C code in a cycle of its own,2
112,list,,64,nothing refers to it,1
