-q drops the notes that commands write to standard error.
--- use tiny_py310.json
--- cmd
memsee -f csv -e 'read tiny_py310.json' 'select 1 as a'
--- stdout
a
1
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' 'select 1 as a'
--- stdout
a
1
