All or nothing: what was there stays current and complete.
--- use tiny_py310.json
--- file broken.json
nothing
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
memsee -q -d heap.db -e 'read broken.json' 2>/dev/null; echo $?
memsee -d heap.db -e 'gen' 'stats'
--- stdout
3
1 generations, current is 1

213 objects, 369 references, 32023 (32.0K) total bytes
