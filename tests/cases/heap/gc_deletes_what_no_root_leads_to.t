The planted pairs of `CycleNode` keep only each other alive; everything else stays.
--- use tiny_py310.json
--- cmd
memsee -f csv -e 'read tiny_py310.json' garbage gc 'select type, count(*) from obj group by type' 'select mark, count(*) from obj group by mark' gc 'select count(*) from obj'
--- stdout
type,objects,bytes,example
type,1,1072,94370588427680
dict,4,416,139768348150848
str,4,206,139768348154800
CycleNode,4,192,139768348724576

type,count(*)
LRU,1
LRUNode,7
LeakedSession,6
NoneType,1
OldCounter,1
Registry,1
Row,3
UploadHandler,4
bytes,4
cell,6
collections.deque,1
dict,25
float,23
function,6
generator,2
int,20
list,10
str,46
tuple,26
type,7

mark,count(*)
1,1
2,8
3,49
4,72
5,23
6,23
7,24

count(*)
200
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
gc: 200 of 213 objects are reachable; 13 objects of 1886 bytes are not: deleting them
gc: 200 of 200 objects are reachable; 0 objects of 0 bytes are not: deleting them
