The disk is full at any moment of a read: one line, and the database is as before.
--- needs python3 sqlite3
--- unless valgrind
--- use leaky_py310_0.json.gz
--- use tiny_py310.json
--- file limit.py
import os, resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
os.execvp(sys.argv[2], sys.argv[2:])
--- file full.sh
# full.sh OPTION...: reads with room for less and less of what is needed.
for room in 5000000 3000000 1000000 200000 100000; do
	cp old.db heap.db
	python3 limit.py $room memsee -q "$@" -d heap.db -e 'read leaky_py310_0.json.gz' \
		>out 2>err
	echo status $?, $(grep -c ':1:1: ' err) error, $(wc -c <out) bytes out
	cmp old.db heap.db
	ls | grep heap
done
--- cmd
memsee -q -d old.db -e 'read tiny_py310.json'
sh full.sh
memsee -q -d heap.db -e 'read leaky_py310_0.json.gz' 'select count(*) n from obj'
sqlite3 heap.db 'pragma integrity_check'
--- stdout
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
|     n |
| ----: |
| 32432 |
ok
--- cmd
sh full.sh --memory 1M
--- stdout
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
status 3, 1 error, 0 bytes out
heap.db
--- cmd
python3 limit.py 100000 memsee -q --memory 1M -e 'read leaky_py310_0.json.gz' 2>&1 | grep -c ':1:1: '
--- stdout
1
