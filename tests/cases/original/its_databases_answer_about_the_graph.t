Every question about the graph has an answer in a database that the original wrote.
--- use original/two-generations.db
--- cmd
memsee -q -f csv -d two-generations.db -e "signatures to \"type = 'Registry'\"" 'dominators top 2' \
  "retained of \"type = 'Registry'\"" 'owners depth 2 percent 20' 'cycles top 1' garbage \
  'select count(*) from reachable(0)' "path from \"address in 0&\" to \"type = 'LRUNode'\" disjoint" \
  "owned of \"type = 'Registry'\"" 'gen 2' "signatures to \"type = 'Registry'\"" 'roots' | cut -c1-120
--- stdout
objects,bytes,signature,address
1,56,dict ['registry'] Registry,140318215780496

address,type,size,retained,objects,percent,dominator
140318215852400,dict,664,35578,224,100.0,
140318215780496,Registry,56,13692,36,38.5,140318215852400

objects,size,retained_objects,retained
1,56,36,13692

tree,retained,percent,objects,size,contained
dict,35578,100.0,1,664,224
· Registry,13692,38.5,1,56,36
· · 2 more,13636,38.3,2,1048,35
· list,7133,20.0,3,336,54
· · 14 more,6797,19.1,14,3089,51
· 23 more,14089,39.6,23,2726,133

objects,bytes,types,route,state,held_by,holder,address
7,560,7 LRUNode,LRUNode -> LRUNode -> LRUNode,alive,7,140318222606992,140318222428832

type,objects,bytes,example
dict,4,1120,140318215843920
type,1,904,94106024468928
CycleNode,4,256,140318215781392
str,6,242,140318215804176

count(*)
224

route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,140318215852400,dict,,,664,8,,dict
0,1,0,['cache'],140318215781072,LRU,,,64,,,LRU
0,2,1,.__dict__,140318222607568,dict,,,280,3,,dict
0,3,0,.head,140318222556128,LRUNode,,,80,,,LRUNode

type,owners,objects,owner_bytes,bytes
dict,1,1,664,56

objects,bytes,signature,address
1,40,dict {} Registry,139768348726736

address,type,repr,size,why,cycle
139768350297152,dict,,360,nothing refers to it,1
