Marks tell garbage from the rest and nothing is deleted.
--- use tiny_py310.json
--- cmd
memsee -f csv -e 'read tiny_py310.json' 'gc keep' 'select type, count(*), sum(size) from obj where mark is null group by type' 'select count(*), count(mark), max(mark) from obj' 'gc all'
--- stdout
type,count(*),sum(size)
CycleNode,4,192
dict,4,416
str,4,206
type,1,1072

count(*),count(mark),max(mark)
213,200,7
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
gc: 200 of 213 objects are reachable; 13 objects of 1886 bytes are not and stay
-e:1:1: usage: gc [keep|force]
  gc all
  ^
--- status 2
