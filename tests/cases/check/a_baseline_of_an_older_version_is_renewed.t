Older versions called modules and classes by their types and began a path at its root. What a baseline of theirs accepts is still known, and --update-baseline writes it as it is called now, with its note.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- file known.csv
signature,count,note
"(garbage) CycleNode",100,
"dict {} dict ['__main__'] module .{} MemoryHandler .{} list [] LogRecord",500,"kept on purpose"
"dict {} dict ['__main__'] module .{} Registry .entries list [] dict {} UploadHandler",100,
"dict {} dict ['shop'] module .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",150,"another module's"
--- file shop.py
def dump(path, leaked):
    tail = '"refs": []}'
    lines = ['{"address": %d, "type": "str", "size": 50, "value": "s%d", "refs": []}' % (1000 + i, i) for i in range(leaked)]
    lines.append('{"address": 60, "type": "dict", "size": 900, "len": %d, "refs": %s, "labels": %s}' % (
        leaked, [1000 + i for i in range(leaked)], str(["[%d]" % i for i in range(leaked)]).replace("'", '"')))
    lines.append('{"address": 50, "type": "type", "size": 900, "name": "Registry", "refs": [60], "labels": [".seen"]}')
    lines.append('{"address": 40, "type": "dict", "size": 232, "len": 1, "refs": [50], "labels": ["[\'Registry\']"]}')
    lines.append('{"address": 30, "type": "module", "size": 72, "name": "shop", "refs": [40], "labels": [".__dict__"], "root": "module"}')
    lines.append('{"address": 20, "type": "frame", "size": 400, "refs": [40], "labels": [".f_globals"], "root": "thread frame"}')
    open(path, "w").write("\n".join(lines) + "\n")

dump("a.json", 10), dump("b.json", 110)
--- file module.csv
signature,count
dict ['shop'] module .Registry type .seen dict [] str,100
--- file frame.csv
signature,count
frame .f_globals dict ['Registry'] type .seen dict [] str,100
--- file other.csv
signature,count
dict ['stock'] module .Registry type .seen dict [] str,100
--- cmd
memsee -f csv -e "read 0.gz 1.gz" "leaks known known.csv" 2>&1 | grep -v "^read\|objects" | cut -c1-150 | head -10
--- stdout
'known.csv': 2 signatures are as an older memsee wrote them; --update-baseline renews them
memsee: warning: 'known.csv': fixed, so the entry is stale: dict {} dict ['shop'] module .{} list [] function .__closure__ tuple [] cell .cell_content
1 leak in 2 dumps:
LeakedSession +150 (30, 180): monotonic, 99414 bytes with all that hangs on it
held by module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession
class,state,verdict,growth,g1,g2,bytes_growth,module,signature,address
UploadHandler,known,monotonic,100,20,120,262632,__main__,module __main__ .{} Registry .entries list [] dict {} UploadHandler,140370444321744
LeakedSession,new,monotonic,150,30,180,99414,__main__,module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,140
CycleNode,known,new,100,0,100,20500,__main__,(garbage) CycleNode,140370444320880
LogRecord,known,monotonic,500,100,600,289500,logging,module __main__ .{} MemoryHandler .{} list [] LogRecord,140370444321120
--- cmd
memsee -q --update-baseline -o csv:/dev/null -e "read 0.gz 1.gz" "leaks known known.csv"; cat known.csv
--- stdout
signature,count,note
"(garbage) CycleNode",100,
"module __main__ .{} MemoryHandler .{} list [] LogRecord",500,"kept on purpose"
"module __main__ .{} Registry .entries list [] dict {} UploadHandler",100,
"module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",150,
--- stderr
memsee: warning: 'known.csv': fixed, so the entry is stale: dict {} dict ['shop'] module .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession (another module's)
--- cmd
python3 shop.py; for known in module frame other; do memsee -q -f csv -e "read a.json b.json" "leaks known $known.csv" | sed -n 2p; done
--- stdout
str,known,monotonic,100,10,110,5000,,module shop .Registry class Registry .seen dict [] str,1010
str,known,monotonic,100,10,110,5000,,module shop .Registry class Registry .seen dict [] str,1010
str,new,monotonic,100,10,110,5000,,module shop .Registry class Registry .seen dict [] str,1010
--- stderr
memsee: warning: 'other.csv': fixed, so the entry is stale: dict ['stock'] module .Registry type .seen dict [] str
