Suspects of other runtimes are kept by the container that a programmer knows, and tables and entries of maps are not what they are about.
--- use leaky_java_3.hprof.gz
leaky_node_3.heapsnapshot.gz
leaky_table_3.heapsnapshot.gz
--- cmd
for f in leaky_java_3.hprof.gz leaky_node_3.heapsnapshot.gz leaky_table_3.heapsnapshot.gz; do memsee -q -f csv suspects $f | sed -n '/^address,place,owner/,/^$/p' | cut -d, -f 2-5; done
--- stdout
place,owner,item,objects
Leaky.cache,java.util.HashMap,Leaky$Entry,240
Leaky.bus.listeners,java.util.ArrayList,Leaky$$Lambda$63,240
Leaky.registry.handlers,java.util.ArrayList,Leaky$Handler,240

place,owner,item,objects
registry.handlers,Array,Handler,240
bus._events.tick,Array,Function,240
cache,Map,Object,240
,(array),(array),1

place,owner,item,objects
,Object,Session,240

