An index is made once, called as in databases of the original, listed, and used.
--- use tiny_py310.json
--- cmd
memsee -q -f csv -d heap.db -e 'read tiny_py310.json' 'index type size' index && \
    memsee -d heap.db -e 'index type child' && \
    sqlite3 heap.db "explain query plan select size from obj where type = 'dict'"
--- stdout
name,table,columns
size1,obj,size
type1,obj,type
child1,ref,child
parent1,ref,parent
QUERY PLAN
`--SEARCH obj USING INDEX type1 (type=?)
--- stderr
column 'type' has an index already
column 'child' has an index already
