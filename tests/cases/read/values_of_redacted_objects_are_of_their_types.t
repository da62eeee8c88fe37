True and False stay where they are what a bool is, and a text of these words goes.
--- file d.json
{"address": 16, "type": "bool", "size": 24, "value": true, "refs": []}
{"address": 32, "type": "bool", "size": 24, "value": "False", "refs": []}
{"address": 48, "type": "str", "size": 53, "value": "True", "refs": []}
{"address": 64, "type": "Flag", "size": 53, "value": "False", "refs": []}
{"address": 80, "type": "bool", "size": 53, "value": "secret", "refs": []}
{"address": 96, "type": "int", "size": 53, "value": 7, "refs": []}
{"address": 112, "type": "list", "size": 53, "refs": []}
--- cmd
MEMSEE_REDACT_KEY=k memsee -q --redact -f csv -e 'read d.json' 'select address, type, value from obj'
--- stdout
address,type,value
16,bool,True
32,bool,False
48,str,redacted_4_4b2394a6b8ce
64,Flag,redacted_5_094a2cdfcda9
80,bool,redacted_6_77eba0de97bc
96,int,redacted_1_7b27d4b946b6
112,list,
