Without the list of entries nothing leads from the registry to a handler; from the roots another object does not help either.
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_0.json.gz' \
  "path from \"type = 'Registry'\" to \"type = 'UploadHandler'\" avoiding \"type = 'list'\"" \
  "path from \"address in 0&\" to \"type = 'UploadHandler'\" avoiding \"type = 'UploadHandler'\""
--- stdout
address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr
