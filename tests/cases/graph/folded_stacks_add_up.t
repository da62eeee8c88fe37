One line a stack, the bytes behind it, as flame-graph tools read them; together they are the reachable heap.
--- use tiny_py310.json
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' 'folded stacks.txt' 'select sum(size) from reachable(0) join obj using (address)'
head -n 5 stacks.txt
awk '{ sum += $NF } END { print sum }' stacks.txt
--- stdout
sum(size)
30137
dict 360
dict;Registry 40
dict;Registry;list 88
dict;Registry;list;dict 928
dict;Registry;list;dict;UploadHandler 192
30137
