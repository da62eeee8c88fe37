The items of a plain list are known by their places; of a list that refers to more than its items,
and of what is only like one, they are a guess; of a set they have no place.
--- unless valgrind
--- file d.json
{"address": 16, "type": "list", "size": 88, "len": 2, "refs": [160, 176]}
{"address": 32, "type": "list", "size": 88, "len": 2, "refs": [160, 176, 192]}
{"address": 48, "type": "Point", "size": 88, "len": 2, "refs": [176, 160]}
{"address": 64, "type": "Point", "size": 88, "len": 1, "refs": [160, 176, 192, 208, 224]}
{"address": 80, "type": "set", "size": 88, "len": 2, "refs": [160, 176]}
{"address": 96, "type": "set", "size": 88, "len": 1, "refs": [160, 176]}
{"address": 112, "type": "tuple", "size": 88, "len": 2, "refs": [160, 176]}
{"address": 160, "type": "int", "size": 28, "refs": []}
{"address": 176, "type": "int", "size": 28, "refs": []}
{"address": 192, "type": "int", "size": 28, "refs": []}
{"address": 208, "type": "int", "size": 28, "refs": []}
{"address": 224, "type": "int", "size": 28, "refs": []}
--- cmd
for from in 16 32 48 64 80 96 112
do
	for to in 160 176
	do
		memsee -q -f csv -e 'read d.json' "path from \"address = $from\" to \"address = $to\" all" |
			sed -n "s/.*,1,0,\(.*\),$to,int.*/$from \1/p;s/^1,0,/&/"
	done
done
--- stdout
16 [1]
16 [0]
32 
32 [1]?
48 [0]?
48 [1]?
64 
64 
80 item
80 item
96 
96 
112 [1]
112 [0]
