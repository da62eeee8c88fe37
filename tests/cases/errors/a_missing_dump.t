The dump is not there: status 3, and the database keeps what it had.
--- use tiny_py310.json
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
memsee -q -d heap.db -e 'read missing.json'
--- stderr
-e:1:1: cannot read 'missing.json': No such file or directory
  read missing.json
  ^
--- status 3
--- cmd
memsee -q -d heap.db -f csv -e 'gen' 'select count(*) as n from obj'
--- stdout
n
213
--- cmd
memsee -e 'read .'
--- stderr
-e:1:1: cannot read '.': it is a folder, not a dump
  read .
  ^
--- status 3
