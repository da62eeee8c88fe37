While one process takes garbage out or goes back to a backup, another reads: it sees the heap before or after, whole, or is told to wait.
--- needs sqlite3
--- use leaky_py310_1.json.gz
--- file read.memsee
select count(*) as n from obj where type = 'CycleNode'
select count(*) as n from ref where child not in (select address from obj) and child <> 0
--- file look.sh
# Reads until the other process is through; each kind of answer once.
while [ -e busy ]; do
	memsee -q -f csv -d heap.db read.memsee 2>&1 | tr '\n' ' '
	echo
done | sort -u >answers
--- cmd
memsee -q -d heap.db -e 'read leaky_py310_1.json.gz' backup
touch busy
sh look.sh & memsee -q -d heap.db -e gc restore gc restore gc restore
status=$?
rm busy
wait
grep -vxE 'n (100|0)  n [0-9]+ ' answers
sqlite3 heap.db 'pragma integrity_check'
memsee -q -f csv -d heap.db -e "select count(*) as n from obj where type = 'CycleNode'"
exit $status
--- stdout
ok
n
100
