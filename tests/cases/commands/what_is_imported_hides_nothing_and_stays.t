A table that is imported takes no name of memsee's, and lasts as long as the run: through reads
of any kind and databases that are opened. A user's own table that is called as a result's stays.
--- unless valgrind
--- use tiny_py310.json
--- file a.csv
x
1
--- cmd
for name in obj ref OBJ1 ref23 gen env read_log ref_label ref_label_list root_mark root_rule root_chosen \
	low_priority graph_cache Children path dominators sqlite_sequence
do
	cp a.csv $name.csv
	memsee -q -e 'read tiny_py310.json' "import $name.csv" 2>&1 | grep -c 'would hide'
done | uniq -c | tr -s ' '
memsee -q -f csv -e 'read tiny_py310.json' 'import obj.csv as mine' 'import a.csv as obj_' 'select * from mine, obj_'
--- stdout
 18 1
x,x
1,1
--- cmd
memsee -q -f csv --memory 1M -e 'import a.csv' 'select 7 as seven' 'select * from #0' \
	'read tiny_py310.json' 'select x, seven from a, #0' 'create x.db' 'select x, seven from a, #0' \
	'open x.db' 'select x, seven from a, #0'
--- stdout
seven
7

seven
7

x,seven
1,7

x,seven
1,7

x,seven
1,7
--- cmd
memsee -q -f csv -e 'select 7 as seven' '!create temp table result_0 (mine)' 'insert into result_0 values (1)' \
	'select * from #0' 'select * from result_0' 'create x2.db' 'select * from result_0, #0'
--- stdout
seven
7

seven
7

mine
1

mine,seven
1,7
--- cmd
memsee -q -f text -e 'read tiny_py310.json' '!create temp table ref (parent, child)' '!create temp table obj (address)' \
	'!create temp table gen (num, current)' 'select count(*) from reachable(0)' stats gen roots
--- stdout
#          count(*)
-------- ----------
#0.0            200

213 objects, 369 references, 32023 (32.0K) total bytes
1 generations, current is 1

#                 address type                 repr             size why                                      cycle     
-------- ---------------- -------------------- ---------- ---------- ---------------------------------------- ----------
#1.0      139768350297152 dict                 ∘                 360 nothing refers to it                     1         
