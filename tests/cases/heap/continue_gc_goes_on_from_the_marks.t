An interrupted gc of the original tool left marks down to some depth.
--- use tiny_py310.json
--- cmd
memsee -f csv -e 'read tiny_py310.json' 'gc keep' 'update obj set mark = null where mark > 3' 'continue_gc' 'select mark, count(*) from obj group by mark'
--- stdout
mark,count(*)
1,1
2,8
3,49
4,72
5,23
6,23
7,24
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
gc: 200 of 213 objects are reachable; 13 objects of 1886 bytes are not and stay
142 rows updated
continue_gc: 200 of 213 objects are reachable; 13 objects of 1886 bytes are not: deleting them
