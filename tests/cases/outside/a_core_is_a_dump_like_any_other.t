A process that died left a core: its objects, labels and roots are those that a dumper would have written, without a file of its program.
--- use leaky_core_2.zst
--- cmd
memsee --sysroot /nowhere -f csv -e 'read leaky_core_2.zst' \
    'select fact, value from read_log where fact in ("format", "runtime", "version", "program", "identity", "taken_by", "rejected", "torn")' \
    'select a.value <= r.value as anonymous_is_part from read_log a, read_log r where a.fact = "anonymous" and a.value > 0 and r.fact = "rss"' \
    'select value glob "20*-*-*T*:*:*Z" as dated from read_log where fact = "time"' \
    'select type, count(*) as n from obj where type glob "[A-Z]*" group by type order by n desc, type limit 6' \
    'path from "type = '"'UploadHandler'"'" to "type = '"'Registry'"'" reversed' \
    'select value, name from obj where type = "frame" order by name' \
    'select reason, count(*) as n from root_mark group by reason order by reason'
--- stdout
fact,value
format,core
runtime,CPython
identity,addresses
version,3.12.1
program,leaky.py
taken_by,core
rejected,0

anonymous_is_part
1

dated
1

type,n
LeakedSession,180
UploadHandler,120
Answer,32
ModuleSpec,22
ABCMeta,5
SourceFileLoader,4

address,type,name,value,size,len,mark,repr
140244785451024,UploadHandler,,,48,,,UploadHandler
140244785477952,dict,,,184,2,,dict
140244787450240,list,,,1080,120,,list
140244785451984,Registry,,,48,,,Registry

value,name
stay,/tmp/leaky/leaky.py:57
main,/tmp/leaky/leaky.py:66
<module>,/tmp/leaky/leaky.py:69

reason,n
interned,2591
interpreter,2
module table,1
singleton,5
static type,188
thread frame,1
--- stderr
13016 (13.0K) objects and 30804 (30.8K) references totalling 1403535 (1.4M) bytes
--- cmd
memsee --sysroot /nowhere --redact -f csv -e 'read leaky_core_2.zst' 'select count(*) as n from obj where value like "%user-1%" or name like "%user-1%" or name like "%leaky.py%"' 'select count(*) as n from obj where type = "LeakedSession"'
--- stdout
n
0

n
180
--- stderr
13016 (13.0K) objects and 30804 (30.8K) references totalling 1403535 (1.4M) bytes
--- cmd
zstd -dq leaky_core_2.zst && gzip -k leaky_core_2 && memsee --sysroot /nowhere -f csv -e 'read leaky_core_2' 'read leaky_core_2.gz' 'select count(*) as same from obj join obj1 as one using (address) where obj.type is one.type and obj.size is one.size' 'read core:leaky_core_2' 'gen'
--- stdout
same
13016
--- stderr
13016 (13.0K) objects and 30804 (30.8K) references totalling 1403535 (1.4M) bytes
13016 (13.0K) objects and 30804 (30.8K) references totalling 1403535 (1.4M) bytes
13016 (13.0K) objects and 30804 (30.8K) references totalling 1403535 (1.4M) bytes
3 generations, current is 3
