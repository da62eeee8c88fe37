A condition chooses objects; references among them are all that is written, and what is there stays when nothing is.
--- use tiny_py310.json
--- file heap.graphml
before
--- cmd
memsee -q -f csv -D of="type in ('LRUNode', 'LRU')" -D to=lru neo4j tiny_py310.json
cat lru/nodes.csv lru/relationships.csv
memsee -q -D of="no_column = 1" graphml tiny_py310.json 2>&1 >/dev/null | head -n 1 | sed 's/.*: //'
cat heap.graphml
memsee -q -D to=missing/x.graphml graphml tiny_py310.json 2>&1 >/dev/null | head -n 1 | sed 's/.*: //'
ls
--- stdout
file,objects,references,bytes
lru/nodes.csv,8,,544
lru/relationships.csv,,14,732
address:ID,type,size:long,retained:long,len:long,name,value,root:boolean,:LABEL
139768348150528,"LRUNode",64,199,,,,false,"Object;LRUNode"
139768348152192,"LRUNode",64,206,,,,false,"Object;LRUNode"
139768348153408,"LRUNode",64,205,,,,false,"Object;LRUNode"
139768348436864,"LRUNode",64,64,,,,false,"Object;LRUNode"
139768348726688,"LRU",48,3810,,,,false,"Object;LRU"
139768350075840,"LRUNode",64,210,,,,false,"Object;LRUNode"
139768350298624,"LRUNode",64,215,,,,false,"Object;LRUNode"
139768357823808,"LRUNode",64,195,,,,false,"Object;LRUNode"
:START_ID,:END_ID,:TYPE,label,guessed:boolean
139768348150528,139768348153408,REFERS_TO,,false
139768348150528,139768357823808,REFERS_TO,,false
139768348152192,139768348153408,REFERS_TO,,false
139768348152192,139768350075840,REFERS_TO,,false
139768348153408,139768348150528,REFERS_TO,,false
139768348153408,139768348152192,REFERS_TO,,false
139768348436864,139768350298624,REFERS_TO,,false
139768348436864,139768357823808,REFERS_TO,,false
139768350075840,139768348152192,REFERS_TO,,false
139768350075840,139768350298624,REFERS_TO,,false
139768350298624,139768348436864,REFERS_TO,,false
139768350298624,139768350075840,REFERS_TO,,false
139768357823808,139768348150528,REFERS_TO,,false
139768357823808,139768348436864,REFERS_TO,,false
'no_column'
before
No such file or directory
heap.graphml
lru
tiny_py310.json
