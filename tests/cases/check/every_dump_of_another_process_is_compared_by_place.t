Where addresses mean nothing, as of another process, holders are found again by their names and the report says so.
--- file make.py
import json
def dump(path, pid, shift, n, second):
    a = lambda i: 4096 * shift + 16 * i
    o = [{"memsee_dump": 1, "pid": pid, "time": "2026-01-01T00:00:%02dZ" % second, "address": 1, "type": "memsee_dump", "size": 0, "refs": []},
         {"address": a(1), "type": "dict", "size": 100, "len": 1, "refs": [a(2)], "labels": ["['shop']"], "root": "module table"},
         {"address": a(2), "type": "module", "size": 50, "name": "shop", "refs": [a(3)], "labels": [".__dict__"]},
         {"address": a(3), "type": "dict", "size": 50, "len": 2, "refs": [a(4), a(5)], "labels": ["['CACHE']", "['FIXED']"]},
         {"address": a(4), "type": "list", "size": 80, "len": n, "refs": [a(400 + i) for i in range(n)]},
         {"address": a(5), "type": "list", "size": 80, "len": 70, "refs": [a(100 + i) for i in range(70)]}]
    o += [{"address": a(400 + i), "type": "Order", "size": 64, "refs": []} for i in range(n)]
    o += [{"address": a(100 + i), "type": "Fixed", "size": 64, "refs": []} for i in range(70)]
    open(path, "w").write("".join(json.dumps(l) + "\n" for l in o))
for k in range(3):
    dump("%d.json" % k, 10 + k, 1 + 7 * k, 60 * (k + 1), k)
--- cmd
python3 make.py; memsee -q -e "read 0.json 1.json 2.json" leaks >out.md; head -9 out.md
--- stdout
The dumps are of different processes: pid 10, 11, 12.

Note: the dumps are of different processes, or of a runtime that moves its objects. Places were compared by their numbers, and no object was followed.

1 leak in 3 dumps:

Order +120 (60, 120, 180): monotonic, 7680 bytes with all that hangs on it

`held by module shop .CACHE list [] Order`
