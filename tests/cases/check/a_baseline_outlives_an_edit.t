A name more in the module that holds a known leak moves the attributes behind it, which some dumps know by their place alone; the leak is known all the same.
--- file make.py
def dump(path, names, leaked):
    lines = ['{"address": %d, "type": "int", "size": 28, "value": %d, "refs": []}' % (100 + i, i)
             for i in range(names)]
    sessions = [1000 + i for i in range(leaked)]
    lines += ['{"address": %d, "type": "Session", "size": 48, "refs": []}' % a for a in sessions]
    lines.append('{"address": 30, "type": "list", "size": 900, "len": %d, "refs": %s}' % (leaked, sessions))
    lines.append('{"address": 20, "type": "dict", "size": 232, "len": %d, "refs": %s}'
                 % (names + 1, [100 + i for i in range(names)] + [30]))
    lines.append('{"address": 10, "type": "module", "size": 72, "name": "shop", "refs": [20]}')
    open(path, "w").write("\n".join(lines) + "\n")

dump("0.json", 3, 10), dump("1.json", 3, 110)
dump("edited-0.json", 5, 10), dump("edited-1.json", 5, 110)
--- cmd
python3 make.py; memsee -q -o out.md --update-baseline -D known=known.csv leak-check 0.json 1.json; cat known.csv; memsee -q -D known=known.csv leak-check edited-0.json edited-1.json | sed -n 3p
--- stdout
signature,count,note
"module shop .{} list [] Session",100,
No leak that is not known in 2 dumps.
