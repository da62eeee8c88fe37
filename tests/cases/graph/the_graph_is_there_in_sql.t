As tables that join with obj: what an object leads to, what it owns, how it is reached.
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_0.json.gz' "select address from obj where type = 'Registry'" \
  'select type, count(*) n, sum(size) from dominated(#0.0) join obj using (address) group by type order by n desc, type' \
  'select type, step from path(0, #0.0) join obj using (address) order by step' \
  'select count(*) from reachable(#0.0) where address = #0.0 and depth = 0' \
  'select count(*) - (select count(*) from obj) from reachable(0)' \
  'select type from children(#0.0) join obj using (address) order by type' \
  'select p.type from parents(#0.0) join obj p using (address)' \
  'select o.type, d.retained, d.objects from obj o join dominators d using (address) where o.address = #0.0' \
  'select count(*) from reachable(null)' 'select count(*) from reachable(17)' \
  "select count(*) from obj o, children(o.address) c where o.type = 'UploadHandler'"
--- stdout
address
140370444344224

type,n,sum(size)
dict,40,6720
str,40,2478
UploadHandler,20,960
bytes,20,41960
Registry,1,40
list,1,248

type,step
dict,0
dict,1
module,2
dict,3
Registry,4

count(*)
1

count(*) - (select count(*) from obj)
0

type
list
type

type
dict

type,retained,objects
Registry,52406,122

count(*)
0

count(*)
0

count(*)
40
