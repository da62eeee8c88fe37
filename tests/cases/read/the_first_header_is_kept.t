Of two headers the first in the file is kept, however many threads read it.
--- unless valgrind
--- cmd
{
	echo '{"memsee_dump": 1, "pid": 1}'
	i=16
	while [ $i -lt 200000 ]
	do
		echo "{\"address\": $i, \"type\": \"a type with a long name to fill blocks\", \"size\": 1, \"refs\": []}"
		i=$((i + 1))
	done
	echo '{"memsee_dump": 1, "pid": 2}'
	echo '{"address": 200001, "type": "int", "size": 1, "refs": []}'
} > d.json
for i in 1 2 3 4 5
do
	memsee -q -f csv -e 'read d.json' "select value from read_log where fact = 'pid'"
done
--- stdout
value
1
value
1
value
1
value
1
value
1
