-d makes a database that is not there and opens one that is.
--- use tiny_py310.json
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
memsee -q -d heap.db -f csv -e 'select count(*) as n from obj'
--- stdout
n
213
