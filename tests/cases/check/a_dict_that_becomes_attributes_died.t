A dict that becomes the attributes of an object is counted with it from then on: as a
dict it died, and nothing survived that is not there.
--- file a.json
{"memsee_dump": 1, "implementation": "CPython", "python": "3.12.1", "pid": 1, "time": "2026-01-01T00:01:00Z"}
{"address": 16, "type": "Box", "size": 48, "refs": [48]}
{"address": 48, "type": "list", "size": 64, "refs": [32]}
{"address": 32, "type": "dict", "size": 64, "refs": []}
--- file b.json
{"memsee_dump": 1, "implementation": "CPython", "python": "3.12.1", "pid": 1, "time": "2026-01-01T00:02:00Z"}
{"address": 16, "type": "Box", "size": 48, "refs": [32], "labels": [".__dict__"]}
{"address": 48, "type": "list", "size": 64, "refs": []}
{"address": 32, "type": "dict", "size": 64, "refs": []}
--- cmd
memsee -q -f csv -e 'read a.json b.json' 'diff by address' 'diff'
--- stdout
type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
dict,1,0,0,-1,64,0,0,-64
(2 others),0,2,0,0,0,112,64,64
(total),1,2,0,-1,64,112,64,0

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
Box,grown,1,1,0,48,112,64
dict,gone,1,0,-1,64,0,-64
(1 other),,1,1,0,64,64,0
(total),,3,2,-1,176,176,0
