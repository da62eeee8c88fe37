The handlers are held by one list of the registry: one path, and the object whose removal frees them all.
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_0.json.gz' "path from \"address in 0&\" to \"type = 'Registry'\" disjoint" \
  "path from \"type = 'Registry'\" to \"type = 'UploadHandler'\" disjoint first 2"
--- stdout
route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,140370456177984,dict,,,2272,75,,dict
0,1,0,{44},140370456047104,dict,,,9312,137,,dict
0,2,0,['__main__']?,140370454706624,module,__main__,,72,,,__main__
0,3,1,.__dict__,140370454781696,dict,,,2272,64,,dict
0,4,0,.{38},140370444344224,Registry,,,40,,,Registry

route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,140370444344224,Registry,,,40,,,Registry
0,1,1,.entries?,140370446296000,list,,,248,20,,list
0,2,0,[14],140370446108416,dict,,,232,2,,dict
0,3,0,{1},140370444328272,UploadHandler,,,48,,,UploadHandler
