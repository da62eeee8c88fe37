The shorter first, equally long ones in the order of their addresses; each row tells what its reference is called.
--- use tiny_py27.json
--- cmd
memsee -q -f csv -e 'read tiny_py27.json' "select address from obj where type = 'int' order by 1 limit 1" \
  'path from "address in 0&" to "address = #0.0" first 3' 'path from "address in 0&" to "address = #0.0" all' \
  'path from "address = #0.0" to "address in 0&" reversed'
--- stdout
address
94106022941712

route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,140318215852400,dict,,,664,8,,dict
0,1,0,['hits'],140318222853216,instance,,,72,,,instance
0,2,0,.__dict__,140318222606416,dict,,,280,1,,dict
0,3,0,.hits,94106022941712,int,,20,24,,,20

route,step,cut,reference,address,type,name,value,size,len,mark,repr
0,0,0,,140318215852400,dict,,,664,8,,dict
0,1,0,['hits'],140318222853216,instance,,,72,,,instance
0,2,0,.__dict__,140318222606416,dict,,,280,1,,dict
0,3,0,.hits,94106022941712,int,,20,24,,,20

address,type,name,value,size,len,mark,repr
94106022941712,int,,20,24,,,20
140318222606416,dict,,,280,1,,dict
140318222853216,instance,,,72,,,instance
140318215852400,dict,,,664,8,,dict
