A report may leave the company when no value, key, attribute or variable is in it, in whatever format.
--- unless valgrind
--- use secret.json
--- use secret.json as later.json
--- use secret.json as last.json
--- file other.memsee
read $1
select * from obj
select group_concat(substr(value, 1, 4)), group_concat(upper(repr)) from obj
let one select max(value) from obj where type = 'str'
title $one
text $one
echo $one
caption $one
path from "type = 'module'" to "type = 'str'" all
paths to "type = 'str'"
cycles
export graphml all.graphml
export neo4j all
expect empty select * from obj where type = 'str'
select value from obj where $one
--- cmd
export MEMSEE_REDACT_KEY=k
for i in 1 2; do echo '{"address": 16, "type": "int", "size": 28, "refs": []}'; done >> later.json
echo '{"address": 16, "type": "int", "size": 28, "refs": []}' >> last.json
run() {
	name=$1; shift
	memsee --redact -v -o $name.md -o $name.csv -o $name.dot -o $name.txt -o $name.json -o $name.html \
		--junit $name.xml --annotate github "$@" > $name.out 2> $name.err || echo $name $?
}
for report in summary suspects owners cycles duplicates collections strings graphml neo4j; do
	run $report -d $report.db $report secret.json
done
run types -D type=str types secret.json
run why -D what="type = 'str'" why secret.json
run diff -D count=0 diff secret.json later.json
run trend -D count=1 trend secret.json later.json last.json
run leak-check -D count=0 leak-check later.json secret.json
run other --keep-going other.memsee secret.json
rm secret.json later.json last.json
grep -rlia xyzzy . | sort
grep -rla 4242424242 . | sort
ls | wc -l
grep -c redacted_9_ duplicates.md
--- stdout
other 1
149
2
--- cmd
echo '{"address": 4096, "type": "str", "size": 50, "value": "a", "refs": []}' > plain.json
memsee -q -d plain.db -e 'read plain.json'
memsee --redact -d plain.db summary
--- stderr
memsee: --redact: 'plain.db' holds values; read its dump into a new database
--- status 2
