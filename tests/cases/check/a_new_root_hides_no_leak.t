A thread or a module more leads to everything that the others lead to; what grows there by itself is told by itself, and what comes with it is not.
--- file make.py
NUMBERS = {}

class Dump:
    """Objects lie at the address of their type and number, in every dump."""
    def __init__(self, path):
        self.out, self.count = open(path, "w"), {}

    def put(self, kind, size, refs=()):
        self.count[kind] = self.count.get(kind, 0) + 1
        self.next = (NUMBERS.setdefault(kind, len(NUMBERS) + 1) << 20) + self.count[kind] * 16
        self.out.write('{"address": %d, "type": "%s", "size": %d, "len": %d, "refs": %s}\n'
                       % (self.next, kind, size, len(refs), list(refs)))
        return self.next

for number, (roots, leaked, tables) in enumerate([(20, 100, 3), (21, 600, 6)]):
    d = Dump("%d.json" % number)
    for i in range(roots):
        d.put("dict", 64)
    handlers = d.put("list", 64, [d.put("Handler", 500) for i in range(leaked)])
    sessions = d.put("list", 64, [d.put("Session", 400) for i in range(leaked)])
    rows = [[d.put("Row", 1000) for i in range(30)] for t in range(tables)]
    tables = d.put("list", 64, [d.put("Table", 4000, r) for r in rows])
    d.put("dict", 64, [d.put("Uploads", 64, [handlers])])
    d.put("dict", 64, [d.put("Login", 64, [sessions])])
    d.put("dict", 64, [d.put("Store", 64, [tables])])
--- cmd
python3 make.py; memsee -q -f csv -e "read 0.json 1.json" leaks "leaks min count 1000" "leaks min bytes 220000"
--- stdout
class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
Handler,new,monotonic,500,100,600,250000,,dict {} Uploads [] list [] Handler,2098768
Session,new,monotonic,500,100,600,200000,,dict {} Login [] list [] Session,4195920
Table,new,monotonic,3,3,6,102000,,dict {} Store [] list [] Table,6291520

class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
Handler,new,monotonic,500,100,600,250000,,dict {} Uploads [] list [] Handler,2098768
Session,new,monotonic,500,100,600,200000,,dict {} Login [] list [] Session,4195920
Table,new,monotonic,3,3,6,102000,,dict {} Store [] list [] Table,6291520

class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
Handler,new,monotonic,500,100,600,250000,,dict {} Uploads [] list [] Handler,2098768
