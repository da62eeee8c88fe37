A V8 snapshot tells where the code of a closure is, which is where it was made.  One whose script is
not known has no place; the location of another object is that of its class, and means nothing here.
--- file closures.heapsnapshot
{"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count","trace_node_id","detachedness"],"node_types":[["hidden","array","string","object","code","closure","regexp","number","native","synthetic"],"number","number","number","number","number","number"],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["context","element","property","internal","hidden","shortcut","weak"],"string_or_number","node"],"location_fields":["object_index","script_id","line","column"]},
"node_count":9,"edge_count":9},
"nodes":[9,1,1,0,1,0,0,9,2,3,0,1,0,0,3,3,5,40,3,0,0,5,4,7,56,1,0,0,4,4,9,64,1,0,0,5,1,11,56,1,0,0,5,1,13,56,0,0,0,4,6,15,100,0,0,0,4,1,17,64,1,0,0],
"edges":[1,1,7,1,1,14,2,4,21,2,10,35,2,2,42,3,7,28,3,8,49,3,7,56,3,9,49],
"trace_function_infos":[],"trace_tree":[],"samples":[],
"locations":[21,5,40,12,35,5,0,7,42,6,3,0,14,5,9,9],
"strings":["<dummy>","","(GC roots)","global","onTick","system / Context","/srv/cart.js","shared","script_or_debug_info","script","x"]}
--- cmd
memsee -q -e 'read closures.heapsnapshot' "select type, name, site from obj join site using (address)"
--- stdout
| type     | name   | site            |
| -------- | ------ | --------------- |
| Function | onTick | /srv/cart.js:41 |
| Function | ∘      | /srv/cart.js:1  |
--- cmd
sed 's/"locations":.21,/"locations":[7000,/' closures.heapsnapshot >wrong.heapsnapshot
memsee -q -e 'read wrong.heapsnapshot'
--- stderr
-e:1:1: 'wrong.heapsnapshot': byte 837: a location is of no node
  read wrong.heapsnapshot
  ^
--- status 3
