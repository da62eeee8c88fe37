Between operands `&` is SQL's operator on bits, spaced or not.
--- file bits.json
{"address": 10, "type": "a", "size": 12, "refs": []}
--- cmd
memsee -q -f csv -e 'read bits.json' 'select size & 7 as a, size&7 as b, 12&10 as c from obj where address = 10'
--- stdout
a,b,c
4,4,8
