A thousand objects more are a leak, be there a hundred thousand before: the share does not hide the number.
--- unless valgrind
--- file make.py
def dump(path, items):
    lines = ['{"address": 16, "type": "module", "size": 72, "name": "app", "refs": [32], "labels": [".__dict__"], "root": "module table"}',
             '{"address": 32, "type": "dict", "size": 232, "len": 1, "refs": [48], "labels": ["[\'L\']"]}']
    own = [1024 + 64 * i for i in range(items)]
    lines.append('{"address": 48, "type": "list", "size": %d, "len": %d, "refs": %s, "labels": [%s]}'
                 % (56 + 8 * items, items, own, ", ".join('"[%d]"' % i for i in range(items))))
    lines += ['{"address": %d, "type": "Item", "size": 32, "refs": [%d], "labels": [".i"]}' % (a, a + 32) for a in own]
    lines += ['{"address": %d, "type": "int", "size": 28, "value": %d, "refs": []}' % (a + 32, a) for a in own]
    open(path, "w").write("\n".join(lines) + "\n")

for name, items in ("a", 40200), ("b", 40700), ("c", 41200):
    dump(name + ".json", items)
--- cmd
python3 make.py; memsee -q -f csv -e "read a.json b.json c.json" leaks "leaks 1 2" | grep ^Item,new
--- stdout
Item,new,monotonic,1000,40200,40700,41200,60000,,module app .L list [] Item,2573824
Item,new,monotonic,500,40200,40700,30000,,module app .L list [] Item,2573824
