A gate that is green without having looked is worse than none: dumps in the wrong order, the same
one twice, and damaged ones fail every check and every comparison; dumps of different processes
are compared, and that is said.
--- file a.json
{"memsee_dump": 1, "python": "3.12.1", "implementation": "CPython", "pid": 7, "time": "2026-01-01T10:00:00Z", "argv": ["a.py"]}
{"address": 16, "type": "list", "size": 56, "refs": [32]}
{"address": 32, "type": "int", "size": 28, "value": 5, "refs": []}
--- file b.json
{"memsee_dump": 1, "python": "3.12.1", "implementation": "CPython", "pid": 7, "time": "2026-01-01T10:05:00Z", "argv": ["a.py"]}
{"address": 16, "type": "list", "size": 56, "refs": [32]}
{"address": 32, "type": "int", "size": 28, "value": 5, "refs": []}
--- file other.json
{"memsee_dump": 1, "python": "3.13.0", "implementation": "CPython", "pid": 8, "time": "2026-01-01T11:10:00+01:00", "argv": ["b.py"]}
{"address": 16, "type": "list", "size": 56, "refs": []}
--- file plain.json
{"address": 16, "type": "list", "size": 56, "refs": [32]}
{"address": 32, "type": "int", "size": 28, "value": 5, "refs": []}
--- file rejected.json
{"address": 16, "type": "list", "size": 56, "refs": []}
{"address": 32, "type": "int", "size": , "refs": []}
--- file clash.json
{"address": 16, "type": "list", "size": 56, "refs": []}
{"address": 16, "type": "int", "size": 28, "refs": []}
--- use aborted_py310.json.gz as torn.json.gz
--- cmd
for dumps in 'b.json a.json' 'a.json a.json' 'plain.json plain.json' 'a.json torn.json.gz' \
	'rejected.json b.json' 'a.json clash.json' 'a.json other.json b.json'
do
	echo "== $dumps"
	for what in leaks trend 'diff 1 2' 'diff by address' 'expect no leak' \
		"expect growth of '1' in count < 100 between 1 and 2"
	do
		memsee -q -o out.md -e "read $dumps" "$what" > out 2>&1
		echo "$? $what"
	done
	grep '^-e' out
	for report in leak-check trend diff
	do
		memsee -q -o out.md $report $dumps > out 2>&1
		echo "$? $report"
	done
done
--- stdout
== b.json a.json
2 leaks
2 trend
2 diff 1 2
2 diff by address
2 expect no leak
2 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: the dumps are in the wrong order: 'b.json' was made at 2026-01-01T10:05:00Z, and 'a.json' behind it at 2026-01-01T10:00:00Z; oldest first is: a.json, b.json
2 leak-check
2 trend
2 diff
== a.json a.json
2 leaks
2 trend
2 diff 1 2
2 diff by address
2 expect no leak
2 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: generations 1 and 2 are the same dump ('a.json', 'a.json'); a comparison takes dumps made one after the other
2 leak-check
2 trend
2 diff
== plain.json plain.json
2 leaks
2 trend
2 diff 1 2
2 diff by address
2 expect no leak
2 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: generations 1 and 2 are the same dump ('plain.json', 'plain.json'); a comparison takes dumps made one after the other
2 leak-check
2 trend
2 diff
== a.json torn.json.gz
3 leaks
3 trend
3 diff 1 2
3 diff by address
3 expect no leak
3 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: 'torn.json' is damaged (the last line breaks off, 1 line could not be read), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 leak-check
3 trend
3 diff
== rejected.json b.json
3 leaks
3 trend
3 diff 1 2
3 diff by address
3 expect no leak
3 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: 'rejected.json' is damaged (1 line could not be read), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 leak-check
3 trend
3 diff
== a.json clash.json
3 leaks
3 trend
3 diff 1 2
3 diff by address
3 expect no leak
3 expect growth of '1' in count < 100 between 1 and 2
-e:1:1: 'clash.json' is damaged (1 object was at the address of another), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 leak-check
3 trend
3 diff
== a.json other.json b.json
2 leaks
2 trend
0 diff 1 2
2 diff by address
2 expect no leak
0 expect growth of '1' in count < 100 between 1 and 2
2 leak-check
2 trend
0 diff
--- cmd
head -c 3000 torn.json.gz > cut.json.gz
for dump in torn.json.gz cut.json.gz rejected.json clash.json
do
	for what in 'expect 1 = 1' "expect empty select 1 from obj where 0" 'expect no path from "0" to "0"'
	do
		memsee -q -e "read $dump" "$what" > out 2>&1
		echo "$? $what"
	done
	grep '^-e' out
done
--- stdout
3 expect 1 = 1
3 expect empty select 1 from obj where 0
3 expect no path from "0" to "0"
-e:1:1: 'torn.json' is damaged (the last line breaks off, 1 line could not be read), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 expect 1 = 1
3 expect empty select 1 from obj where 0
3 expect no path from "0" to "0"
-e:1:1: 'cut.json' is damaged (the gzip data breaks off, 1 line could not be read), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 expect 1 = 1
3 expect empty select 1 from obj where 0
3 expect no path from "0" to "0"
-e:1:1: 'rejected.json' is damaged (1 line could not be read), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
3 expect 1 = 1
3 expect empty select 1 from obj where 0
3 expect no path from "0" to "0"
-e:1:1: 'clash.json' is damaged (1 object was at the address of another), so a check would see a part of the heap only; 'default accept damaged' or -D accept=damaged allows it
--- cmd
memsee -q -o out.md --junit out.xml leak-check a.json b.json; head -n 4 out.md
grep -A1 system-out out.xml
memsee -q -o out.md --junit out.xml leak-check a.json other.json; head -n 10 out.md
grep -A3 system-out out.xml
--- stdout
# Leak check

No leak in 2 dumps.

		<system-out/>
		<system-err/>
# Leak check

The dumps are of different versions: 3.12.1, 3.13.0.

The dumps are of different programs: a.py, b.py.

The dumps are of different processes: pid 7, 8.

Note: the dumps are of different processes, or of a runtime that moves its objects. Places were compared by their numbers, and no object was followed.

		<system-out>The dumps are of different versions: 3.12.1, 3.13.0.
The dumps are of different programs: a.py, b.py.
The dumps are of different processes: pid 7, 8.</system-out>
		<system-err/>
	</testsuite>
</testsuites>
--- cmd
memsee -q -o out.md --junit out.xml -D accept=damaged leak-check rejected.json clash.json; head -n 8 out.md
grep -A3 '<system-out' out.xml
memsee -q -f csv -e 'read clash.json' 'default accept damaged' 'expect 1 = 1'
memsee -q -f csv -e 'read clash.json' 'default accept everything' 'expect 1 = 1'
--- stdout
# Leak check

clash.json is damaged (1 object was at the address of another), which is accepted.

rejected.json is damaged (1 line could not be read), which is accepted.

No leak in 2 dumps.

		<system-out>clash.json is damaged (1 object was at the address of another), which is accepted.
rejected.json is damaged (1 line could not be read), which is accepted.
The dumps do not say when they were made and of which process: the order is taken as given.</system-out>
		<system-err/>
check,status,expected,found,message
1 = 1,passed,= 1,1,
--- stderr
memsee: warning: rejected.json:2:40: unallowed token at this point in JSON text
memsee: warning: rejected.json: 1 of 2 lines skipped
memsee: warning: clash.json:2: another object at address 16 than in line 1, which is kept
memsee: warning: clash.json:2: another object at address 16 than in line 1, which is kept
memsee: warning: clash.json:2: another object at address 16 than in line 1, which is kept
-e:1:1: the name 'accept' has the value 'everything'; the only thing to accept is 'damaged'
  expect 1 = 1
  ^
--- status 2
