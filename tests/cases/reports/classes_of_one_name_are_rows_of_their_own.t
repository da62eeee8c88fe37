Two classes that share a name are two rows with their modules, and the dict of an object's attributes counts with the object, in diff and trend as in a summary.
--- file make.py
import json, sys

# Each instance has a dict of attributes; `Event` is a class of two modules, `Order` of one.
n = {"shop": int(sys.argv[1]), "log": int(sys.argv[2])}
at, lines = [1000], []
def put(type, size, refs=(), labels=None, **more):
    at[0] += 16
    one = dict(address=at[0], type=type, size=size, **more)
    one["refs"] = list(refs)
    if labels is not None:
        one["labels"] = labels
    lines.append(one)
    return at[0]
held = []
for module, count in sorted(n.items()):
    text = put("str", 50, value=module, len=len(module))
    classes = []
    for name in ("Event", "Order") if module == "shop" else ("Event",):
        namespace = put("dict", 100, [text], ["['__module__']"], len=1)
        classes.append((name, put("type", 400, [namespace], [".__dict__"], name=name)))
    items = []
    for name, of in classes:
        for i in range(count):
            number = put("int", 28, value=i)
            attributes = put("dict", 64, [number], ["['number']"], len=1)
            items.append(put(name, 48, [attributes, of], [".__dict__", ".__class__"]))
    all = put("list", 64 + 8 * len(items), items, len=len(items))
    keys = [".%s" % name for name, _ in classes] + [".ALL"]
    names = put("dict", 232, [of for _, of in classes] + [all], ["['%s']" % k[1:] for k in keys], len=len(keys))
    held.append(put("module", 72, [names], [".__dict__"], name=module))
modules = put("dict", 232, held, ["['%s']" % m for m in sorted(n)], len=len(held), root="module table")
print(json.dumps({"memsee_dump": 1, "python": "3.12.1", "implementation": "CPython", "pid": 7, "address": 1,
                  "type": "memsee_dump", "size": 0, "refs": []}, separators=(", ", ": ")))
for one in lines:
    print(json.dumps(one))
--- cmd
python3 make.py 10 5 >1.json; python3 make.py 70 10 >2.json; python3 make.py 130 15 >3.json; memsee -q -f csv -e "read 1.json 2.json 3.json" "diff 1 2 by type" "diff 1 2 by owner min count 6" "diff 1 2 by signature min count 5" "trend min count 5" "diff 1 2 by type plain 1"; memsee -q trend 1.json 2.json 3.json >trend.md; sed -n 3p trend.md; memsee -q diff 1.json 2.json >diff.md; sed -n 3p diff.md; memsee -q diff -D plain=1 1.json 2.json >plain.md; sed -n 3p plain.md; grep -c "counts with the object" diff.md plain.md
--- stdout
type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
Event (shop),grown,10,70,60,1120,7840,6720
Order,grown,10,70,60,1120,7840,6720
int,grown,25,150,125,700,4200,3500
list,grown,2,2,0,328,1328,1000
Event (log),grown,5,10,5,560,1120,560
(4 others),,8,8,0,2440,2440,0
(total),,60,310,250,6268,24768,18500

type,owner,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
Event (shop),list,grown,10,70,60,1120,7840,6720
Order,list,grown,10,70,60,1120,7840,6720
int,Event (shop),grown,10,70,60,280,1960,1680
int,Order,grown,10,70,60,280,1960,1680
(8 others),,,20,30,10,3468,5168,1700
(total),,,60,310,250,6268,24768,18500

signature,type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
module shop .ALL list [] Event (shop),Event (shop),grown,10,70,60,1120,7840,6720
module shop .ALL list [] Order,Order,grown,10,70,60,1120,7840,6720
module shop .ALL list [] Event (shop) .number int,int,grown,10,70,60,280,1960,1680
module shop .ALL list [] Order .number int,int,grown,10,70,60,280,1960,1680
module log .ALL list [] Event (log),Event (log),grown,5,10,5,560,1120,560
module log .ALL list [] Event (log) .number int,int,grown,5,10,5,140,280,140
(10 others),,,10,10,0,2768,3768,1000
(total),,,60,310,250,6268,24768,18500

type,verdict,g1,g2,g3,growth,slope
int,monotonic,25,150,275,250,125.0
Event (shop),monotonic,10,70,130,120,60.0
Order,monotonic,10,70,130,120,60.0
Event (log),monotonic,5,10,15,10,5.0
(total),monotonic,60,310,560,500,250.0

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
dict,grown,31,156,125,2596,10596,8000
int,grown,25,150,125,700,4200,3500
Event,grown,15,80,65,720,3840,3120
Order,grown,10,70,60,480,3360,2880
list,grown,2,2,0,328,1328,1000
(3 others),,7,7,0,1444,1444,0
(total),,90,465,375,6268,24768,18500
The heap went from 60 to 560 objects, from 6,268 to 43,268 bytes.
From 60 to 310 objects (+250), from 6,268 to 24,768 bytes (+18,500, +295.1 %). Most: Event (+65, +7,280 bytes), Order (+60, +6,720 bytes), int (+125, +3,500 bytes).
From 90 to 465 objects (+375), from 6,268 to 24,768 bytes (+18,500, +295.1 %). Most: dict (+125, +8,000 bytes), int (+125, +3,500 bytes), Event (+65, +3,120 bytes).
diff.md:1
plain.md:0
