An object of an old-style class of Python 2 is of type `instance`: suspects calls it, and what holds it, by its class.
--- file make.py
def obj(address, type, size, refs=(), labels=(), **more):
    import json
    print(json.dumps(dict({"address": address, "type": type, "size": size, "refs": list(refs), "labels": list(labels)}, **more)))
own = [4096 + 64 * i for i in range(200)]
obj(16, "module", 72, [32], [".__dict__"], name="shop", root="module table")
obj(32, "dict", 232, [48, 64, 80], ["['Cart']", "['Item']", "['CART']"])
obj(48, "classobj", 104, name="Cart")
obj(64, "classobj", 104, name="Item")
obj(80, "instance", 72, [48, 96], [".__class__", ".__dict__"])
obj(96, "dict", 232, [112], ["['items']"])
obj(112, "list", 1672, own, ["[%d]" % i for i in range(200)], len=200)
for a in own:
    obj(a, "instance", 72, [64], [".__class__"])
--- cmd
python3 make.py >old.json; memsee -q suspects old.json | grep ^Suspects
--- stdout
Suspects: 200 Item in shop.CART.items, the .items of class Cart, 95.2 % of the heap, 16,072 bytes.
