`-` and FORMAT:- write there besides files; -f says the format of `-`.
--- cmd
memsee -f csv -o - -o file.md -e 'select 1 as a'
--- stdout
a
1
--- want file.md
|   a |
| --: |
|   1 |
--- cmd
memsee -o json:- -e 'select 1 as a'
--- stdout
{"#": "#0.0", "a": 1}
