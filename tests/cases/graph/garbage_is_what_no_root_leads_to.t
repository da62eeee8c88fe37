Of each dump of the leaking program just the planted cycles and what they alone hold (truth_py310.json: 200 CycleNode).
--- use leaky_py310_2.json.gz
leaky_py310_0.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' 'garbage' 'read leaky_py310_0.json.gz' 'garbage'
--- stdout
type,objects,bytes,example
dict,200,20800,140370443126592
str,200,10620,140370443124848
CycleNode,200,9600,140370443141328

type,objects,bytes,example
