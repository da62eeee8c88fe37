From the registry to a leaked handler, and on to the body of its request.
--- use leaky_py310_1.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_1.json.gz' \
    "path from \"type = 'Registry'\" to \"type = 'UploadHandler'\"" \
    'path from "address = 140370444344224" to "address = 94463854654208"' \
    "path from \"type = 'function'\" to \"type = 'LeakedSession'\""
--- stdout
address,type,name,value,size,len,mark,repr
140370444344224,Registry,,,40,,,Registry
140370446296000,list,,,1080,120,,list
140370444355456,dict,,,232,2,,dict
140370452904016,UploadHandler,,,48,,,UploadHandler

address,type,name,value,size,len,mark,repr
140370444344224,Registry,,,40,,,Registry
140370446296000,list,,,1080,120,,list
140370444828096,dict,,,232,2,,dict
140370445996416,UploadHandler,,,48,,,UploadHandler
140370444846144,dict,,,104,3,,dict
94463854654208,bytes,,body-of-request-012345678901234567890123456789012345678901234567890123456789012345678901234567890123,2146,2113,,bytes

address,type,name,value,size,len,mark,repr
140370445748256,function,after_request,,144,,,after_request
140370452905216,tuple,,,48,1,,tuple
140370452905360,cell,,,40,,,cell
140370444399552,LeakedSession,,,64,,,LeakedSession
