Sizes and lengths at the end of the range of 64 bits, whose sums no number holds, and figures of a query that are none: every report and every picture answers, under the sanitizers, too.
--- unless valgrind
--- cmd
dump() { # SIZE SESSIONS: in a list, each with a dict of its own
	printf '{"address": 1, "type": "module", "name": "app", "size": %s, "refs": [2]}\n' "$1"
	printf '{"address": 2, "type": "dict", "len": %s, "size": %s, "refs": [3, 4, 5]}\n' 9223372036854775807 "$1"
	printf '{"address": 3, "type": "str", "value": "cache", "len": 5, "size": %s, "refs": []}\n' "$1"
	printf '{"address": 4, "type": "list", "len": %s, "size": %s, "refs": [%s]}\n' 9223372036854775807 "$1" "$(seq -s , 100 $((99 + $2)))"
	printf '{"address": 5, "type": "bytearray", "value": "x", "size": %s, "refs": []}\n' "$1"
	for i in $(seq 100 $((99 + $2))); do
		printf '{"address": %d, "type": "Session", "size": %s, "refs": [%d]}\n' "$i" "$1" $((i + 1000))
		printf '{"address": %d, "type": "dict", "len": %s, "size": %s, "refs": [3]}\n' $((i + 1000)) "$1" "$1"
	done
}
dump 4611686018427387902 60 >1.json
dump 6917529027641081853 120 >2.json
dump 9223372036854775807 180 >3.json
for report in summary suspects owners duplicates strings cycles collections 'types -D type=Session' 'types -D type=dict' 'why -D what=address=3' 'diff 1.json' 'trend 1.json 2.json' 'leak-check 1.json 2.json'; do
	memsee -q -o out.html -o out.md -o csv:out.csv -o svg:out.svg $report 3.json 2>err.txt
	echo "$report: $? $(grep -c error: err.txt)"
done
for figure in 9223372036854775807 -9223372036854775808 1e308 9e999 -9e999 0.5; do
	for picture in bars lines stack; do
		memsee -q -o out.html -o svg:out.svg -e "select 'a' name, $figure value, $figure growth, 5 count union all select 'b', $figure, 1, $figure union all select 'c', 3, 3, 2" "plot $picture" 2>&1
		echo "$picture of $figure: $?"
	done
done
--- stdout
summary: 0 0
suspects: 0 0
owners: 0 0
duplicates: 0 0
strings: 0 0
cycles: 0 0
collections: 0 0
types -D type=Session: 0 0
types -D type=dict: 0 0
why -D what=address=3: 0 0
diff 1.json: 0 0
trend 1.json 2.json: 0 0
leak-check 1.json 2.json: 1 0
bars of 9223372036854775807: 0
lines of 9223372036854775807: 0
stack of 9223372036854775807: 0
bars of -9223372036854775808: 0
lines of -9223372036854775808: 0
stack of -9223372036854775808: 0
bars of 1e308: 0
lines of 1e308: 0
stack of 1e308: 0
bars of 9e999: 0
lines of 9e999: 0
stack of 9e999: 0
bars of -9e999: 0
lines of -9e999: 0
stack of -9e999: 0
bars of 0.5: 0
lines of 0.5: 0
stack of 0.5: 0
