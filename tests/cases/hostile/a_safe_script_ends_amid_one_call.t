A single call of an SQL function may take hours, and SQLite asks nobody meanwhile; the time is up all the same. (The script is written by the command, for what stands in a case is a seed of the fuzz targets, which would wait for it.)
--- unless valgrind
--- cmd
echo "select instr(zeroblob(200000000), zeroblob(100000000) || x'01')" >call.memsee
memsee -q -d heap.db --safe --max-seconds 1 call.memsee
--- stderr
memsee: the time is up, and what runs cannot be given up; ended
--- status 3
--- cmd
memsee -q -d heap.db -e 'select 1 as n'
--- stdout
|   n |
| --: |
|   1 |
