obj and ref are the newest; objN and refN are generation N, current or not.
--- use tiny_py27.json
tiny_py310.json
--- cmd
memsee -q -f csv -e 'read tiny_py27.json' 'read tiny_py310.json' \
    'select (select count(*) from obj) as obj, (select count(*) from obj1) as obj1, (select count(*) from obj2) as obj2' \
    'gen 1' \
    'select (select count(*) from obj) as obj, (select count(*) from ref1) as ref1, (select count(*) from ref2) as ref2' \
    'select * from gen order by num'
--- stdout
obj,obj1,obj2
213,239,213

obj,ref1,ref2
239,439,369

num,current
1,1
2,0
--- cmd
memsee -e 'read tiny_py27.json' 'read tiny_py310.json' 'gen' 'gen 1' 'gen' 'gen none' 'gen'
--- stdout
2 generations, current is 2

2 generations, current is 1

2 generations, current is -none-
--- stderr
239 objects and 438 references totalling 38100 (38.1K) bytes
213 objects and 368 references totalling 32023 (32.0K) bytes
