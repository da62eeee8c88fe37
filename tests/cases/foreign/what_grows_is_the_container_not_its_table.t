The object that a leak grows in is the one that a programmer knows: a map rather than its table or its hash of properties, a list rather than its array.
--- use leaky_node_1.heapsnapshot.gz
leaky_node_3.heapsnapshot.gz
leaky_table_1.heapsnapshot.gz
leaky_table_3.heapsnapshot.gz
leaky_java_1.hprof.gz
leaky_java_3.hprof.gz
--- cmd
for f in leaky_node leaky_table leaky_java; do memsee -q -f csv leak-check ${f}_1.* ${f}_3.* | grep →; done
--- stdout
Handler,.handlers,Array,registry.handlers,32,32888,40 → 240,78409
"Object {user, body}",<closure cache>,Map,cache,32,30352,40 → 240,77563
Function,.tick,Array,bus._events.tick,32,32888,40 → 240,78497
Session,<closure table>,Object,,24,15600,40 → 240,78205
Leaky$Entry,.cache,java.util.HashMap,Leaky.cache,48,34784,40 → 240,4027034176
Leaky$$Lambda$63,.listeners,java.util.ArrayList,Leaky.bus.listeners,24,29832,40 → 240,4027034040
Leaky$Handler,.handlers,java.util.ArrayList,Leaky.registry.handlers,24,20264,40 → 240,4027033680
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Handler +200 (40, 240), …
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Session +200 (40, 240)
memsee leak-check: check failed: no leak: expected no leak, found 3 leaks: Leaky$Entry +200 (40, 240), …
