The first of a growing list's items has another name, too, and counts with the others all the same: 100, not 99.
--- needs python3
--- file make.py
import json
for g, count in enumerate((100, 250, 400)):
    items = list(range(10000, 10000 + 16 * count, 16))
    lines = [{"address": a, "type": "Item", "size": 40, "refs": []} for a in items]
    lines += [{"address": 100, "type": "str", "size": 50, "len": 5, "value": "first", "refs": []},
              {"address": 116, "type": "str", "size": 50, "len": 5, "value": "items", "refs": []},
              {"address": 132, "type": "list", "size": 90, "len": count, "refs": items},
              {"address": 148, "type": "dict", "size": 90, "len": 2, "refs": [100, items[0], 116, 132]}]
    open("%d.json" % g, "w").write("".join(json.dumps(line) + "\n" for line in lines))
--- cmd
python3 make.py; memsee -q -f csv -e 'read 0.json 1.json 2.json' -e leaks | head -2 | cut -d, -f 1-7
--- stdout
class,state,verdict,growth,g1,g2,g3
Item,new,monotonic,300,100,250,400
