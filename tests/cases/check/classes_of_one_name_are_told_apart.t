Two modules have a class Event, and objects of both gather in one list: these are two leaks, each with its module. Where one of them alone leaks its name is enough.
--- file make.py
import json

def dump(path, shop, stock):
    lines = []
    def put(address, type, refs=(), **more):
        more.update(address=address, type=type, size=64, refs=[r for r, _ in refs], labels=[l for _, l in refs])
        lines.append(json.dumps(more))
    events = []
    for module, at, count in (("shop", 100, shop), ("stock", 200, stock)):
        put(at, "str", value=module)
        put(at + 1, "type", [(at, ".__module__")], name="Event")
        put(at + 2, "dict", [(at + 1, "['Event']")] + ([(50, "['LOG']")] if module == "shop" else []))
        put(at + 3, "module", [(at + 2, ".__dict__")], name=module, root="module table")
        for i in range(count):
            put(at * 100 + i, "Event", [(at + 1, ".__class__")])
            events.append((at * 100 + i, "[%d]" % len(events)))
    put(50, "list", events, len=len(events))
    open(path, "w").write("\n".join(lines) + "\n")

dump("0.json", 10, 20), dump("1.json", 110, 220), dump("2.json", 110, 420)
--- cmd
python3 make.py; memsee -q -f csv -e "read 0.json 1.json" leaks
memsee -q -e "read 0.json 1.json" "expect no leak" 2>&1 | head -7
memsee -q -f csv -e "read 1.json 2.json" leaks
--- stdout
class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
stock.Event,new,monotonic,200,20,220,19200,stock,module shop .LOG list [] Event,20020
shop.Event,new,monotonic,100,10,110,6400,shop,module shop .LOG list [] Event,10010
2 leaks in 2 dumps:

stock.Event +200 (20, 220): monotonic, 19200 bytes with all that hangs on it

`held by module shop .LOG list [] Event`

shop.Event +100 (10, 110): monotonic, 6400 bytes with all that hangs on it
class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
Event,new,monotonic,200,220,420,12800,stock,module shop .LOG list [] Event,20220
