-o is repeatable: the numbers in the report, the table and the picture agree.
--- use tiny_py310.json
--- cmd
memsee -q -o out.md -o out.csv -o json:rows -o text:grid -e 'read tiny_py310.json' \
    'title Twice' 'caption Two types' \
    "select type, count(*) as n from obj group by type order by n desc, type limit 2"
--- want out.md
# Twice

**Two types**

| type |   n |
| ---- | --: |
| str  |  50 |
| dict |  29 |
--- want out.csv
type,n
str,50
dict,29
--- want rows
{"#": "#0.0", "caption": "Two types", "type": "str", "n": 50}
{"#": "#0.1", "caption": "Two types", "type": "dict", "n": 29}
--- want grid
Twice
=====

Two types
#        type                          n
-------- -------------------- ----------
#0.0     str                          50
#0.1     dict                         29
