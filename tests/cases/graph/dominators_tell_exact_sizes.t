The registry owns its entries, all handlers and their bodies; the retained sizes of the top of the tree add up to the reachable heap.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' "dominators of \"type in ('Registry', 'LRU')\"" 'dominators top 3' \
  'select sum(retained) = (select sum(size) from reachable(0) join obj using (address)) as adds_up from dominators where dominator = 0'
--- stdout
address,type,size,retained,objects,percent,dominator
140370444344224,Registry,40,580222,1491,10.0,140370454781696
140370444344176,LRU,48,5290,67,0.1,140370454781696

address,type,size,retained,objects,percent,dominator
140370456047104,dict,9312,1802190,11125,31.0,
140370454706624,module,72,905431,5191,15.6,140370456047104
140370454781696,dict,2272,905359,5190,15.6,140370454706624

adds_up
1
