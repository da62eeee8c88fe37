An object may say that two dicts are that of its attributes, and such a dict may be an object with
a dict itself.  What grows in any of them is a leak by its name, and so is what grows in the dict
of another object, which comes after these.
--- cmd
heap() {
	printf '{"address": %d, "type": "%s", "size": 100, "refs": [%s], "labels": [%s]%s}\n' \
		"$1" "$2" "$3" "$4" "${5:-}"
}
many() { # FIRST COUNT TYPE: objects, and in $refs and $labels references to them
	refs= labels=
	for i in $(seq "$2"); do
		refs=$refs${refs:+, }$(($1 + i)) labels="$labels${labels:+, }\"[$((i - 1))]\""
		echo "{\"address\": $(($1 + i)), \"type\": \"$3\", \"size\": 32, \"refs\": []}" >>objects
	done
}
for n in 10 30; do
	: >objects
	heap 1 Modules '100, 200, 300' '".two", ".nested", ".plain"' ', "root": "interpreter"'
	heap 100 Two '110, 120' '".__dict__", ".__dict__"'
	heap 110 dict 140 "\"['first']\""
	heap 120 dict 130 "\"['last']\""
	many 1000 $n Item; heap 130 list "$refs" "$labels"
	many 4000 $n First; heap 140 list "$refs" "$labels"
	heap 200 Nested 210 '".__dict__"'
	heap 210 dict '220, 230' "\".__dict__\", \"['own']\""
	heap 220 dict 240 "\"['inner']\""
	many 5000 $n Inner; heap 240 list "$refs" "$labels"
	many 2000 $n Nest; heap 230 list "$refs" "$labels"
	heap 300 Plain 310 '".__dict__"'
	heap 310 dict 320 "\"['store']\""
	many 3000 $n Thing; heap 320 list "$refs" "$labels"
	cat objects
done >both
awk '/"Modules"/ { n++ } { print > ("dump" n ".json") }' both
memsee -q -e 'read dump1.json' 'read dump2.json' 'leaks min count 5' | sed -n '/^| class/,/^$/p'
--- stdout
| class | state | verdict   | growth |  g1 |  g2 | bytes_growth | module | signature                                     | address |
| ----- | ----- | --------- | -----: | --: | --: | -----------: | ------ | --------------------------------------------- | ------: |
| First | new   | monotonic |     20 |  10 |  30 |          640 | ∘      | `Modules .two Two .first list [] First`       |    4011 |
| Inner | new   | monotonic |     20 |  10 |  30 |          640 | ∘      | `Modules .nested Nested .inner list [] Inner` |    5011 |
| Item  | new   | monotonic |     20 |  10 |  30 |          640 | ∘      | `Modules .two Two .last list [] Item`         |    1011 |
| Nest  | new   | monotonic |     20 |  10 |  30 |          640 | ∘      | `Modules .nested Nested .own list [] Nest`    |    2011 |
| Thing | new   | monotonic |     20 |  10 |  30 |          640 | ∘      | `Modules .plain Plain .store list [] Thing`   |    3011 |

