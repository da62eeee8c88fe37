Leaks found in the arrays that the reads left are those found in the tables, to the byte: with and without labels, of every runtime, and where a row was changed in between.
--- use leaky_py310_0.json.gz as p0
--- use leaky_py310_2.json.gz as p1
--- use leaky_core_0.zst as c0
--- use leaky_core_2.zst as c1
--- use leaky_node_1.heapsnapshot.gz as n0
--- use leaky_node_3.heapsnapshot.gz as n1
--- use leaky_java_1.hprof.gz as j0
--- use leaky_java_3.hprof.gz as j1
--- cmd
for d in p c n j; do memsee -q -e "create $d.db" "read ${d}0 ${d}1" leaks >read.$d && memsee -q -e "open $d.db" leaks >table.$d && cmp read.$d table.$d && grep -c . read.$d; done
--- stdout
101
77
83
97
--- cmd
memsee -q -e "open p.db" "delete from obj where type = 'LogRecord'" leaks >table && memsee -q -e "read p0 p1" "delete from obj where type = 'LogRecord'" leaks >read; cmp read table && ! cmp -s read read.p && grep -c LogRecord read
--- stdout
1
