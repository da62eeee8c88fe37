A table of another tool may have an address twice: that is one object, whatever is asked of it.
--- cmd
memsee -q -d x.db -e '!create table obj (address int, type text, name text, value text, size int, len int, mark int, repr text)' '!create table ref (parent int, child int)' 'insert into gen values (1, 1)'
memsee -q -d x.db -e "insert into obj (address, type, size) values (16, 'A', 1), (32, 'C', 3), (16, 'B', 2)" 'insert into ref values (0, 16), (16, 32), (16, 32), (32, 16)'
memsee -q -d x.db -f csv -e 'select * from reachable(0)' 'select * from dominators' 'select * from children(16)' 'retained of "1"' 'cycles' 'roots'
--- stdout
address,depth
16,0
32,1

address,dominator,depth,retained,objects
16,0,1,4,2
32,16,2,3,1

address
32

objects,size,retained_objects,retained
2,4,2,4

objects,bytes,types,route,state,held_by,holder,address
2,4,"1 A, 1 C",A -> C -> A,alive,0,,16

address,type,repr,size,why,cycle
16,A,,1,pinned,1
