Handlers beside each other say nothing of where they are; a frame names the list that owns them all, and sessions have a list of their own.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -f dot -e 'read leaky_py310_2.json.gz' "dominators of \"address in (select address from obj where type = 'UploadHandler' order by address limit 3) or address in (select address from obj where type = 'LeakedSession' order by address limit 2)\"" | grep -A1 -n 'cluster_[0-9]'
memsee -q -f csv -e 'read leaky_py310_2.json.gz' "select o.address from ref join obj as o on o.address = ref.parent where ref.child in (select parent from ref where child in (select address from obj where type = 'UploadHandler' order by address limit 3)) and o.type = 'list' group by o.address having count(*) >= 3"
--- stdout
10:	subgraph cluster_0 {
11-		label="owned by list 140370446296000"; fontsize=11; color="#999999"; style=rounded;
--
14:	subgraph cluster_3 {
15-		label="owned by list 140370444358464"; fontsize=11; color="#999999"; style=rounded;
address
140370446296000
