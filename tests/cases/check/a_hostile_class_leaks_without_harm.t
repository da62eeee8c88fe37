The names of a leaking program reach reports, tables, graphs, JUnit files, annotations and baselines; each stays well-formed, says them all, and is the same in a second run.
--- needs dot xmllint
--- use junit.xsd
--- file names.py
NAMES = ["a\"b'c`d", "new\nline\n::error::x", "::error file=x,line=1::%0Aq", "]]><b>&amp;", "x|y|**z**",
         "tab\tbell\x07esc\x1b[31m", "c\u00e9\u202e", "\ud800half", "=1+1", "$(id)", ",;", "\\\" -> \\n", "-->{}"]
--- file make.py
import json
from names import NAMES
for g, count in ((0, 1), (1, 61)):
    lines, address = [], 1000
    for number, name in enumerate(NAMES):
        leaked = list(range(100000 + 1600 * number, 100000 + 1600 * number + 16 * count, 16))
        lines += [json.dumps({"address": a, "type": name, "size": 20, "refs": []}) for a in leaked]
        key, held, owner = address, address + 16, address + 32
        address += 48
        lines += [json.dumps({"address": key, "type": "str", "size": 50, "len": 3, "value": name, "refs": []}),
                  json.dumps({"address": held, "type": "list", "size": 90, "len": count, "refs": leaked}),
                  json.dumps({"address": owner, "type": "dict", "size": 90, "len": 1, "refs": [held, key]})]
    open("%d.json" % g, "w").write("\n".join(lines) + "\n")
--- file check.py
import csv, json, re
from names import NAMES
wanted = {n.replace("\ud800", "\ufffd") for n in NAMES}
rows = [r for r in csv.reader(open("a/leaks.csv", newline="", encoding="utf-8")) if r]
print("csv", len(rows) - 1, {r[0] for r in rows[1:]} == wanted)
known = list(csv.reader(open("a.known.csv", newline="", encoding="utf-8")))
print("baseline", len(known) - 1, {len(r) for r in known})
objects = [json.loads(line) for line in open("a.json", encoding="utf-8")]
print("json", {o["class"] for o in objects if "class" in o} == wanted)
print("markdown", {len(re.findall(r"(?<!\\)\|", line)) for line in open("a.md", encoding="utf-8")
                   if re.search("(new|grown) .*monotonic|new .*new", line)})
print("bytes", list(csv.reader(open("a/bytes.csv", newline="", encoding="utf-8")))[1][1:])
print("annotations", sum(line.startswith("::") for line in open("a.err", encoding="utf-8")))
for name in ("a.md", "a.txt", "a.err", "a.dot", "a.json", "a.xml"):
    left = set(re.findall("[\x00-\x08\x0b-\x1f\x7f\u202e]", open(name, encoding="utf-8").read()))
    if left:
        print(name, left)
--- file check.memsee
read 0.json 1.json
expect leaks: no leak known $known
caption Leaks
leaks
caption Places
diff by signature
diff by owner
diff by value
caption Bytes
select address, cast(x'61ff62' as text) as type, cast(x'c3' as text) as repr from obj where type = '$(id)' limit 1
--- cmd
python3 make.py; echo signature,count >none.csv
for i in a b; do
    memsee -q -o $i.md -D known=$i.known.csv --update-baseline check.memsee
    memsee -q --annotate github --junit $i.xml -o $i.md -o $i.json -o $i.txt -o $i.dot -o $i/ -D known=none.csv check.memsee 2>$i.err; echo status $?
done
for f in a.* a/*; do cmp $f b${f#a}; done
memsee -q -o a.again.md -D known=a.known.csv check.memsee; echo known: status $?
xmllint --noout --schema junit.xsd a.xml 2>&1; dot -Tsvg a.dot >a.svg; python3 check.py
--- stdout
status 1
status 1
known: status 0
a.xml validates
csv 13 True
baseline 13 {3}
json True
markdown {11}
bytes ['a�b', '�']
annotations 1
