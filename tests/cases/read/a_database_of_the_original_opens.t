What the Python tool wrote answers here, with its generations and names.
--- use original/two-generations.db
--- cmd
memsee -f csv -d two-generations.db -e 'gen' 'stats' 'set' \
    'select type, count(*) as n from obj group by type order by n desc, type limit 3' \
    'gen 2' 'select count(*) as n from obj' \
    'path from "type = '"'Registry'"'" to "type = '"'UploadHandler'"'"'
--- stdout
name,value
a.b:c,5
first,139768348150848

type,n
str,56
dict,30
tuple,27

n
213

address,type,name,value,size,len,mark,repr
139768348726736,Registry,,,40,,,Registry
139768348436800,list,,,88,4,,list
139768348153216,dict,,,232,2,,dict
139768348725152,UploadHandler,,,48,,,UploadHandler
--- stderr
2 generations, current is 1
239 objects, 439 references, 38100 (38.1K) total bytes
