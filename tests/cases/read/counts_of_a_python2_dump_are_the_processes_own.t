The same for Python 2.7, whose old-style instances have types of their own.
--- use leaky_py27_0.json.gz
leaky_py27_2.json.gz
--- file counts.memsee
select type, count(*) as n from obj
    where type in ('CycleNode', 'LRUNode', 'LeakedSession', 'Registry', 'Row', 'UploadHandler')
    group by type order by type
select count(*) as objects, sum(size) as bytes from obj where address <> 0
select count(*) as refs from ref where parent <> 0
select count(*) as roots from ref where parent = 0
--- cmd
memsee -q -f csv -e 'read leaky_py27_0.json.gz' 'include counts.memsee'
--- stdout
type,n
LRUNode,22
LeakedSession,30
Registry,1
Row,300
UploadHandler,20

objects,bytes
19876,3228495

refs
50465

roots
271
--- cmd
memsee -q -f csv -e 'read leaky_py27_2.json.gz' 'include counts.memsee'
--- stdout
type,n
CycleNode,200
LRUNode,22
LeakedSession,330
Registry,1
Row,300
UploadHandler,220

objects,bytes
33420,5522879

refs
102752

roots
283
