`path … reversed` with `address in 0&`: from the object up, listed in that direction.
--- use leaky_py310_1.json.gz
--- file backwards.memsee
::> read leaky_py310_1.json.gz
::> path from "address = 140370445996416" to "address in 0&" reversed
--- cmd
memsee -q -o way.csv -o way.dot backwards.memsee
cut -d, -f1,2 way.csv
dot -Tsvg way.dot | grep -c '<title>n'
--- stdout
address,type
140370445996416,UploadHandler
140370444828096,dict
140370446296000,list
140370444344224,Registry
140370454781696,dict
140370454706624,module
140370456047104,dict
140370456177984,dict
15
