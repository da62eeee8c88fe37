References to keys, as our dumper writes them for dicts of Python 3 all of whose keys are text: the value is called by its key, and the key is called one.
--- file heap.json
{"memsee_dump": 1, "address": 1, "type": "memsee_dump", "size": 0, "refs": []}
{"address": 16, "type": "dict", "size": 232, "len": 2, "refs": [64, 64, 32, 48], "labels": ["['session-1']", "['session-2']", "<key 'session-1'>", "<key 'session-2'>"]}
{"address": 32, "type": "str", "size": 58, "len": 9, "value": "session-1", "refs": []}
{"address": 48, "type": "str", "size": 58, "len": 9, "value": "session-2", "refs": []}
{"address": 64, "type": "bool", "size": 28, "value": "True", "refs": []}
--- cmd
memsee -q -f csv -e 'read heap.json' "signatures to \"type = 'str'\"" "signatures to \"type = 'bool'\"" 'select * from path(16, 48)'
--- stdout
objects,bytes,signature,address
2,116,dict key str,32

objects,bytes,signature,address
1,28,dict [] bool,64

address,step
16,0
48,1
