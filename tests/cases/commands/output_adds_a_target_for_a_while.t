From `output FILE` on results go there too; `output` alone ends it.
--- cmd
memsee -f csv -e 'select 1 as a' 'output more.md' 'select 2 as a' 'output' 'select 3 as a'
--- stdout
a
1

a
2

a
3
--- want more.md
|   a |
| --: |
|   2 |
