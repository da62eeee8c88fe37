Roots that keep less than half of a heap are not its roots.
--- use tiny_py310.json
--- cmd
memsee -f csv -d x.db --keep-going -e 'read tiny_py310.json' 'delete from ref where parent = 0' 'gc' 'select count(*) from obj' 'continue_gc' 'gc force' 'select count(*) from obj' 'continue_gc' 'gc'
--- stdout
count(*)
213

count(*)
0
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
1 row deleted
-e:1:1: gc would delete 213 of 213 objects, more than half: 'roots' shows what keeps objects, 'gc force' deletes all the same
  gc
  ^
-e:1:1: continue_gc would delete 213 of 213 objects, more than half: 'roots' shows what keeps objects, 'continue_gc force' deletes all the same
  continue_gc
  ^
gc: 0 of 213 objects are reachable; 213 objects of 32023 (32.0K) bytes are not: deleting them
continue_gc: 0 of 0 objects are reachable; 0 objects of 0 bytes are not: deleting them
gc: 0 of 0 objects are reachable; 0 objects of 0 bytes are not: deleting them
--- status 2
