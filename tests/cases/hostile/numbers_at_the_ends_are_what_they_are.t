Sizes at the ends of 64 bits, addresses that are no integers, and names that are cut.
--- file a.json
{"address": 16, "type": "a", "size": -9223372036854775808, "refs": [32]}
{"address": 32, "type": "b", "size": 9223372036854775807, "refs": [48]}
{"address": 48, "type": "c", "size": 1, "refs": []}
--- file b.json
{"address": 16, "type": "a", "size": 9223372036854775807, "refs": [32]}
{"address": 32, "type": "b", "size": -9223372036854775808, "refs": [48]}
{"address": 48, "type": "c", "size": 1, "refs": []}
{"address": 64, "type": "d", "size": 1, "refs": []}
--- file key.json
{"address": 16, "type": "dict", "size": 64, "refs": [32, 48], "labels": [null, "['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéééééé']"]}
{"address": 32, "type": "str", "size": 64, "refs": []}
{"address": 48, "type": "list", "size": 999960, "refs": []}
--- cmd
memsee -q -f csv -e 'read a.json b.json' 'trend of bytes' 'trend of bytes by owner' 'diff by type' 'diff by address' \
	'owners percent 0' 'dominators' 'retained of "1"'
--- stdout
type,verdict,g1,g2,growth,slope
a,monotonic,-9223372036854775808,9223372036854775807,9223372036854775807,1.8446744073709552e+19
d,new,0,1,1,1.0
b,shrinking,9223372036854775807,-9223372036854775808,-9223372036854775808,-1.8446744073709552e+19
(total),new,0,1,1,1.0

type,owner,verdict,g1,g2,growth,slope
a,(no single owner),monotonic,-9223372036854775808,9223372036854775807,9223372036854775807,1.8446744073709552e+19
d,(no single owner),new,0,1,1,1.0
b,a,shrinking,9223372036854775807,-9223372036854775808,-9223372036854775808,-1.8446744073709552e+19
(total),,new,0,1,1,1.0

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
a,grown,1,1,0,-9223372036854775808,9223372036854775807,9223372036854775807
d,new,0,1,1,0,1,1
b,shrunk,1,1,0,9223372036854775807,-9223372036854775808,-9223372036854775808
(1 other),,1,1,0,1,2,2
(total),,3,4,1,0,1,1

type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
d,0,0,1,1,0,0,1,1
(3 others),0,3,0,0,0,0,0,0
(total),0,3,1,1,0,0,1,1

tree,retained,percent,objects,size,contained
d,1,100.0,1,1,1
a,0,0.0,1,9223372036854775807,3
· · c,1,100.0,1,1,1
· 1 more,-9223372036854775807,-9.223372036854776e+20,1,-9223372036854775808,2

address,type,size,retained,objects,percent,dominator
48,c,1,1,1,100.0,32
64,d,1,1,1,100.0,
16,a,9223372036854775807,0,3,0.0,
32,b,-9223372036854775808,-9223372036854775807,2,-9.223372036854776e+20,16

objects,size,retained_objects,retained
4,1,4,1
--- cmd
memsee -q -f csv -e 'read a.json' 'select address from dominators where address = 32.0' \
	"select address from dominators where address = '32'" 'select count(*) from dominators where address = 32.5' \
	'select count(*) from dominators where address = 1e30' 'select address from children(16.0)' \
	"select count(*) from children('abc')" 'select count(*) from children(0.5)' "select count(*) from path(0, x'30')"
--- stdout
address
32

address
32

count(*)
0

count(*)
0

address
32

count(*)
0

count(*)
0

count(*)
0
--- cmd
memsee -q -f csv -e 'read key.json' 'path from "address = 16" to "address = 48" all' > out; sed -n 3p out
memsee -e 'read key.json' 'stats' 2>&1
--- stdout
0,1,0,['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],48,list,,,999960,,,list
3 objects and 2 references totalling 1000088 (1.0M) bytes
3 objects, 3 references, 1000088 (1.0M) total bytes
