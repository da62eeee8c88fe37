Marks are read from a table, where anybody may have written them: whatever they are, a collection
that goes on marks each object once, and deletes what has none.
--- unless valgrind
--- file heap.json
{"address": 16, "type": "a", "size": 8, "refs": [32, 48, 64, 80]}
{"address": 32, "type": "b", "size": 8, "refs": [16, 48, 96]}
{"address": 48, "type": "c", "size": 8, "refs": [64, 16]}
{"address": 64, "type": "d", "size": 8, "refs": [80, 16]}
{"address": 80, "type": "e", "size": 8, "refs": [16, 32, 48]}
{"address": 96, "type": "f", "size": 8, "refs": [32, 112]}
{"address": 112, "type": "g", "size": 8, "refs": [16, 96]}
{"address": 128, "type": "h", "size": 8, "refs": [128]}
{"address": 144, "type": "i", "size": 8, "refs": [128]}
--- cmd
for mark in 4294967294 4294967295 4294967296 9223372036854775807 1
do
	memsee -q -f csv -e 'read heap.json' "update obj set mark = $mark where address = 96" 'continue_gc force' \
		'select count(*), min(mark), max(mark) from obj'
done
for mark in 0 -1 -9223372036854775808 1.5 "'1'" "x'01'" null
do
	memsee -q -f csv -e 'read heap.json' "update obj set mark = $mark where address = 96" 'continue_gc force' \
		'select count(*) from obj'
done
--- stdout
count(*),min(mark),max(mark)
7,4294967294,4294967295
count(*),min(mark),max(mark)
7,4294967295,4294967295
count(*),min(mark),max(mark)
7,4294967295,4294967295
count(*),min(mark),max(mark)
7,4294967295,4294967295
count(*),min(mark),max(mark)
7,1,4
count(*)
0
count(*)
0
count(*)
0
count(*)
0
count(*)
7
count(*)
0
count(*)
0
