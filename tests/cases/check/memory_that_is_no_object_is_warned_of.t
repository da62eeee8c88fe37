A process that grows by much more than its objects is warned of before the verdict, which stays what it is; a little, or growth that objects explain, is not.
--- file make.py
import json
def dump(path, anonymous, objects, second):
    head = {"memsee_dump": 1, "pid": 7, "time": "2026-01-01T00:00:%02dZ" % second, "anonymous": anonymous,
            "rss": anonymous + 5000000, "address": 1, "type": "memsee_dump", "size": 0, "refs": []}
    lines = [head, {"address": 16, "type": "list", "size": 100, "len": objects, "refs": [32 + 16 * i for i in range(objects)]}]
    lines += [{"address": 32 + 16 * i, "type": "Page", "size": 1000000, "refs": []} for i in range(objects)]
    open(path, "w").write("".join(json.dumps(l) + "\n" for l in lines))
for k in range(3):
    dump("c%d.json" % k, 50000000 + k * 16000000, 2, k)
    dump("little%d.json" % k, 50000000 + k * 900000, 2, k)
    dump("objects%d.json" % k, 50000000 + k * 16000000, 2 + 16 * k, k)
--- cmd
python3 make.py; for i in c little objects; do memsee -q -e "read ${i}0.json ${i}1.json ${i}2.json" "expect no leak" 2>/dev/null | head -4; done
memsee -q leak-check c0.json c1.json c2.json | grep "The objects of"
--- stdout
`Warning: the process grew by 16,000,000 bytes, its objects by 0. Most of the growth is not in objects of the dumps: it is memory of C code, of threads, or lost between objects.`

No leak in 3 dumps.

No leak in 3 dumps.

**Checks**

1 leak in 3 dumps:

Page +32 (2, 18, 34): monotonic, 32000000 bytes with all that hangs on it

The objects of the last dump take 2,000,100 bytes, of the 82,000,000 that its process has to itself 2 %.
