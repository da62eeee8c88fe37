The class counts that the process wrote down when it made the dumps come out of queries.
--- use leaky_py310_0.json.gz
leaky_py310_1.json.gz
leaky_py310_2.json.gz
--- file counts.memsee
select type, count(*) as n from obj
    where type in ('CycleNode', 'LRU', 'LRUNode', 'LeakedSession', 'Registry', 'Request', 'Row', 'UploadHandler')
    group by type order by type
select count(*) as objects, sum(size) as bytes from obj where address <> 0
select count(*) as refs from ref where parent <> 0
select count(*) as roots from ref where parent = 0
--- cmd
memsee -q -f csv -e 'read leaky_py310_0.json.gz' 'include counts.memsee'
--- stdout
type,n
LRU,1
LRUNode,22
LeakedSession,30
Registry,1
Row,300
UploadHandler,20

objects,bytes
32432,4478696

refs
70981

roots
429
--- cmd
memsee -q -f csv -e 'read leaky_py310_1.json.gz' 'include counts.memsee'
--- stdout
type,n
CycleNode,100
LRU,1
LRUNode,22
LeakedSession,180
Registry,1
Row,300
UploadHandler,120

objects,bytes
39467,5160526

refs
86756

roots
429
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' 'include counts.memsee'
--- stdout
type,n
CycleNode,200
LRU,1
LRUNode,22
LeakedSession,330
Registry,1
Row,300
UploadHandler,220

objects,bytes
46534,5850722

refs
102531

roots
429
