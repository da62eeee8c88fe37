Interrupted in the middle of a read: status 3, the database as it was, no file beside it.
--- use leaky_py310_2.json.gz
tiny_py310.json
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
mkfifo slow; memsee -q -d heap.db -e 'read slow' & reader=$!
exec 3>slow; gzip -dc leaky_py310_2.json.gz | head -c 3000000 >&3
kill -TERM $reader; wait $reader; echo $?; exec 3>&-
memsee -q -d heap.db -f csv -e 'select count(*) as n from obj' 'select * from gen'
ls
--- stdout
3
n
213

num,current
1,1
heap.db
leaky_py310_2.json.gz
slow
tiny_py310.json
--- stderr
-e:1:1: interrupted
  read slow
  ^
