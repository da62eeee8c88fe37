What a search leaves out is said: paths beyond the number that was asked for, and an edge that nothing can cut.
--- file make.py
import json
print(json.dumps({"address": 1, "type": "A", "size": 1, "refs": [2000, *range(10, 1200)]}))
for i in range(10, 1200):
    print(json.dumps({"address": i, "type": "M", "size": 1, "refs": [2000]}))
print(json.dumps({"address": 2000, "type": "Z", "size": 1, "refs": []}))
print(json.dumps({"address": 3000, "type": "B", "size": 1, "refs": list(range(10, 1200))}))
--- cmd
python3 make.py >heap.json
memsee -f csv -o first.csv -e 'read heap.json' 'path from "address = 3000" to "address = 2000" all'
tail -n 1 first.csv; wc -l <first.csv
memsee -f csv -o disjoint.csv -e 'read heap.json' 'path from "address = 1" to "address = 2000" disjoint first 3'
cut -d, -f1-5 disjoint.csv
--- stdout
999,2,0,,2000,Z,,,1,,,Z
3001
route,step,cut,reference,address
0,0,0,,1
0,1,0,,2000
1,0,0,,1
1,1,0,,10
1,2,0,,2000
2,0,0,,1
2,1,0,,11
2,2,0,,2000
--- stderr
1193 objects and 3571 references totalling 1193 bytes
there are more than 1000 such paths
1193 objects and 3571 references totalling 1193 bytes
there are more than 3 such paths
a source refers to a target itself: no other object can be cut
