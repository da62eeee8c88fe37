What leaks may hang on a part of a container that has no name: lists in a map, what a thread
keeps, an object that is used as a table.  It is counted from the first dump on, and may be of
building blocks alone, such as numbers.
--- use leaky_rooms_1.hprof.gz
--- use leaky_rooms_2.hprof.gz
--- use leaky_rooms_3.hprof.gz
--- use leaky_threadlocal_1.hprof.gz
--- use leaky_threadlocal_2.hprof.gz
--- use leaky_threadlocal_3.hprof.gz
--- use leaky_boxes_1.hprof.gz
--- use leaky_boxes_2.hprof.gz
--- use leaky_boxes_3.hprof.gz
--- use leaky_table_1.heapsnapshot.gz
--- use leaky_table_2.heapsnapshot.gz
--- use leaky_table_3.heapsnapshot.gz
--- cmd
memsee -q -o leaks.md leak-check leaky_rooms_*.hprof.gz
status=$?
grep 'hangs on it' leaks.md | tr -d '\`'
exit $status
--- stdout
Kinds$Job +200 (40, 140, 240): monotonic, 4160 bytes with all that hangs on it
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Kinds$Job +200 (40, 140, 240)
--- status 1
--- cmd
memsee -q -o leaks.md leak-check leaky_threadlocal_*.hprof.gz
status=$?
grep 'hangs on it' leaks.md | tr -d '\`'
exit $status
--- stdout
Kinds$Job +200 (40, 140, 240): monotonic, 3976 bytes with all that hangs on it
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Kinds$Job +200 (40, 140, 240)
--- status 1
--- cmd
memsee -q -o leaks.md leak-check leaky_table_*.heapsnapshot.gz
status=$?
grep 'hangs on it' leaks.md | tr -d '\`'
exit $status
--- stdout
Session +200 (40, 140, 240): monotonic, 12800 bytes with all that hangs on it
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Session +200 (40, 140, 240)
--- status 1
--- cmd
memsee -q -o leaks.md leak-check leaky_boxes_*.hprof.gz
status=$?
grep 'hangs on it' leaks.md | tr -d '\`'
exit $status
--- stdout
java.lang.Integer +2000 (200, 1200, 2200): monotonic, 42128 bytes with all that hangs on it
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: java.lang.Integer +2000 (200, 1200, 2200)
--- status 1
