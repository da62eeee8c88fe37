The graph that is kept is dropped when another generation is chosen, or the tables change: never an old answer.
--- use leaky_py310_0.json.gz
--- use leaky_py310_1.json.gz
--- cmd
memsee -q -f csv -d x.db -e 'read leaky_py310_0.json.gz leaky_py310_1.json.gz' "let all select count(*) from reachable(0)" \
  "signatures to \"type = 'UploadHandler'\"" 'gen 1' "signatures to \"type = 'UploadHandler'\"" \
  "retained of \"type = 'Registry'\"" 'cycles top 1' 'gen 2' 'echo $all' 'select count(*) from reachable(0)' \
  "retained of \"type = 'Registry'\"" "select address from obj where type = 'Registry'" \
  'delete from ref where child = #6.0' "signatures to \"type = 'UploadHandler'\"" \
  "dominators of \"type = 'Registry'\"" "select count(*) from path(0, #6.0)" gc \
  "retained of \"type = 'UploadHandler'\"" garbage
memsee -q -f csv -d x.db -e "signatures to \"type = 'UploadHandler'\"" 'gen 1' "signatures to \"type = 'UploadHandler'\""
--- stdout
objects,bytes,signature,address
120,5760,module __main__ .{} Registry .entries list [] dict {} UploadHandler,140370444321744

objects,bytes,signature,address
20,960,module __main__ .{} Registry .entries list [] dict {} UploadHandler,140370444328272

objects,size,retained_objects,retained
1,40,122,52406

objects,bytes,types,route,state,held_by,holder,address
7246,1458376,"2486 function, 807 dict, 731 tuple, 656 builtin_function_or_method, 94 more types",type -> tuple -> type,alive,174,140370446169216,94463852178848

count(*)
39167

objects,size,retained_objects,retained
1,40,791,315870

address
140370444344224

objects,bytes,signature,address

address,type,size,retained,objects,percent,dominator

count(*)
0

objects,size,retained_objects,retained
0,0,0,0

type,objects,bytes,example
objects,bytes,signature,address

objects,bytes,signature,address
20,960,module __main__ .{} Registry .entries list [] dict {} UploadHandler,140370444328272
--- use dumper_py313.json
--- cmd
# A name reads the labels that a dump has, which are a table.
body="select name_of(address) from obj where address = 94703672749344"
memsee -q -f csv -d labels.db -e 'read dumper_py313.json' "$body" "!update ref_label_list set labels = replace(labels, '''handler''', '''agent''')" "$body" \
  '!begin' "!update ref_label_list set labels = replace(labels, '''agent''', '''lost''')" "$body" '!rollback' "$body" | grep -v '^name_of\|^$'
--- stdout
main().f_globals['REGISTRY'].entries[18]['handler'].body
main().f_globals['REGISTRY'].entries[18]['agent'].body
main().f_globals['REGISTRY'].entries[18]['lost'].body
main().f_globals['REGISTRY'].entries[18]['agent'].body
