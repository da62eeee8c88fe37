Quotes, backslashes, newlines, HTML and ports in names: dot draws them, literally.
--- needs dot
--- file hostile.json
{"address": 16, "type": "a\"b\\n", "name": "<b>", "size": 1, "refs": [32, 48]}
{"address": 32, "type": "{x|<p> y}", "value": "line\u000aline \u0000 end \\", "size": 1, "refs": [16]}
{"address": 48, "type": "\ud800\u00e9", "size": 1, "refs": [16, 48]}
--- cmd
memsee -q -f dot -e 'read hostile.json' 'select address from obj where address <> 0' \
    'path from "address = 16" to "address = 48"' >out.dot && dot -Tsvg out.dot >out.svg; echo $?
grep -c '^digraph' out.dot
--- stdout
0
2
