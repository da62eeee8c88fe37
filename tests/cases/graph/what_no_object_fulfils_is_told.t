An answer without rows says when a condition meant no object, or when no root leads to what it meant.
--- use leaky_py27_1.json.gz
--- cmd
memsee -f csv -e 'read leaky_py27_1.json.gz' 'path from "address = 4711" to "address in 0&"' \
  "signatures to \"type = 'UploadHandlr'\"" "path from \"address in 0&\" to \"type = 'Registry'\" avoiding \"0\" first 1" \
  "dominators of \"type = 'CycleNode'\"" "owned of \"type = 'CycleNode'\"" 'cycles of "0"' \
  "expect no path from \"address in 0&\" to \"type = 'UploadHandlr'\"" "paths to \"type = 'A'
    and size > 1\"" 2>&1 | grep -v '^$'
--- stdout
26653 (26.7K) objects and 76653 (76.7K) references totalling 4380119 (4.4M) bytes
'from': no object fulfils address = 4711
address,type,name,value,size,len,mark,repr
'to': no object fulfils type = 'UploadHandlr'
objects,bytes,signature,address
'avoiding': no object fulfils 0
there are more than 1 such paths
route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,139874450881424,frame,,dump_all_objects,472,,,frame
0,1,0,.f_back,94023382761872,frame,,main,584,,,frame
0,2,0,.f_globals,139874462085488,dict,,,3352,59,,dict
0,3,0,['REGISTRY'],139874450815312,Registry,,,56,,,Registry
100 of 100 objects are not reachable
address,type,size,retained,objects,percent,dominator
100 of 100 objects are not reachable
type,owners,objects,owner_bytes,bytes
'of': no object fulfils 0
objects,bytes,types,route,state,held_by,holder,address
'to': no object fulfils type = 'UploadHandlr'
'to': no object fulfils type = 'A' …
tree,objects,targets,bytes,address
Checks
check,status,expected,found,message
"no path from ""address in 0&"" to ""type = 'UploadHandlr'""",passed,no path,no path,
1 check: 1 passed, 0 failed
