Lines of another tool in the middle of a dump: skipped, counted, shown; --strict refuses.
--- use tiny_py310.json
--- cmd
{ head -n 100 tiny_py310.json; echo 'WARNING: low memory'; echo '{"address": "x"}'; tail -n +101 tiny_py310.json; } >mixed.json
memsee -q -f csv -e 'read mixed.json' 'select count(*) as n from obj where address <> 0'
--- stdout
n
213
--- stderr
memsee: warning: mixed.json:101:1: invalid char in json text
memsee: warning: mixed.json:102:13: 'address' is a string, not an integer
memsee: warning: mixed.json: 2 of 215 lines skipped
--- cmd
memsee -q --strict -d heap.db -e 'read mixed.json'
--- stderr
-e:1:1: mixed.json:101:1: invalid char in json text
  read mixed.json
  ^
--- status 3
