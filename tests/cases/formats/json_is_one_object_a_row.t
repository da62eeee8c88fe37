Integers stay integers, NULL is null, and any text is valid JSON.
--- needs jq
--- cmd
memsee -f json -e "select 9223372036854775807 as i, null as z, 'q\"\\ ' || char(1) || char(10) as t, 1.5 as r, x'00ff' as b" 'select 2 as a' >out.json
cat out.json; jq -c . out.json | wc -l
--- stdout
{"#": "#0.0", "i": 9223372036854775807, "z": null, "t": "q\"\\ \u0001\n", "r": 1.5, "b": "00ff"}
{"#": "#1.0", "a": 2}
2
