V8 compiles functions while they run.  That code hangs on the functions, and there is more and more
of it in the first minutes of a program that leaks nothing.
--- file dump.sh
# usage: dump.sh CODES OBJECTS
awk -v codes=$1 -v objects=$2 'BEGIN {
	printf "{\"snapshot\":{\"meta\":{\"node_fields\":[\"type\",\"name\",\"id\",\"self_size\",\"edge_count\"],\"node_types\":[[\"hidden\",\"array\",\"string\",\"object\",\"code\",\"closure\",\"regexp\",\"number\",\"native\",\"synthetic\"],\"string\",\"number\",\"number\",\"number\"],\"edge_fields\":[\"type\",\"name_or_index\",\"to_node\"],\"edge_types\":[[\"context\",\"element\",\"property\",\"internal\",\"hidden\",\"shortcut\",\"weak\"],\"string_or_number\",\"node\"]},"
	printf "\"node_count\":%d,\"edge_count\":%d},\n\"nodes\":[9,0,1,0,1,3,1,3,40,1,5,2,5,64,%d", 3 + codes + objects, 2 + codes + objects, codes + objects
	for (i = 0; i < codes; i++) printf ",4,3,%d,500,0", 7 + 2 * i
	for (i = 0; i < objects; i++) printf ",3,6,%d,48,0", 20007 + 2 * i
	printf "],\n\"edges\":[1,1,5,2,4,10"
	for (i = 0; i < codes; i++) printf ",3,5,%d", 15 + 5 * i
	for (i = 0; i < objects; i++) printf ",2,6,%d", 15 + 5 * (codes + i)
	print "],\n\"strings\":[\"\",\"global\",\"serve\",\"serve\",\"serve\",\"code\",\"Visit\"]}"
}'
--- cmd
for n in 100 200 300; do sh dump.sh $n 0 >$n.heapsnapshot; done
memsee -q leak-check 100.heapsnapshot 200.heapsnapshot 300.heapsnapshot | grep '^No leak'
for n in 100 200 300; do sh dump.sh $n $n >$n.heapsnapshot; done
memsee -q leak-check 100.heapsnapshot 200.heapsnapshot 300.heapsnapshot | grep 'hangs on it'
exit $?
--- stdout
No leak in 3 dumps.
Visit +200 (100, 200, 300): monotonic, 9600 bytes with all that hangs on it
--- stderr
memsee leak-check: check failed: no leak: expected no leak, found 1 leak: Visit +200 (100, 200, 300)
