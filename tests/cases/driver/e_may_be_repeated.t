-e before each command is as good as once, and options may stand among the commands.
--- use tiny_py310.json
--- cmd
memsee -q -e 'read tiny_py310.json' -e 'select count(*) n from obj' -f csv --execute 'select 2 as two'
--- stdout
n
213

two
2
