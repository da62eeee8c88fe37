Of the shortest the one whose addresses come first, read from the source.
--- file diamond.json
{"address": 10, "type": "top", "size": 1, "refs": [30, 20]}
{"address": 20, "type": "left", "size": 1, "refs": [60, 50]}
{"address": 30, "type": "right", "size": 1, "refs": [40]}
{"address": 40, "type": "goal", "size": 1, "refs": []}
{"address": 50, "type": "goal", "size": 1, "refs": []}
{"address": 60, "type": "goal", "size": 1, "refs": [10]}
--- cmd
memsee -q -f csv -e 'read diamond.json' \
    'path from "address = 10" to "type = '"'goal'"'"' \
    'path from "type = '"'goal'"'" to "address = 10" reversed' \
    'path from "address = 60" to "address = 40"'
--- stdout
address,type,name,value,size,len,mark,repr
10,top,,,1,,,top
20,left,,,1,,,left
50,goal,,,1,,,goal

address,type,name,value,size,len,mark,repr
40,goal,,,1,,,goal
30,right,,,1,,,right
10,top,,,1,,,top

address,type,name,value,size,len,mark,repr
60,goal,,,1,,,goal
10,top,,,1,,,top
30,right,,,1,,,right
40,goal,,,1,,,goal
