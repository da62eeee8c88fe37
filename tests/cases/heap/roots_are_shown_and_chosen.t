The rule is kept in the database, for each generation its own; what is pinned joins it.
--- use tiny_py310.json
--- cmd
memsee -f csv -d x.db -e 'read tiny_py310.json' roots "roots type = 'LRU'" roots 'gc keep' 'select count(mark) from obj' "pin type = 'Registry'"
--- stdout
address,type,repr,size,why,cycle
139768350297152,dict,,360,nothing refers to it,1

address,type,repr,size,why,cycle
139768348726688,LRU,,48,chosen,1

count(mark)
26
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
1 object is a root
gc: 26 of 213 objects are reachable; 187 objects of 28197 (28.2K) bytes are not and stay
1 row pinned
--- cmd
memsee -f csv -d x.db -e roots 'gc keep' 'select count(mark) from obj' 'roots "address in 0&"' roots 'roots original' roots 'roots natural' roots 'read tiny_py310.json' "roots type = 'LRU'" 'gen 1' 'roots'
--- stdout
address,type,repr,size,why,cycle
139768348726688,LRU,,48,chosen,1
139768348726736,Registry,,40,chosen,1

count(mark)
58

address,type,repr,size,why,cycle
139768348726736,Registry,,40,chosen,1
139768350297152,dict,,360,chosen,1

address,type,repr,size,why,cycle
139768348726736,Registry,,40,pinned,1
139768350297152,dict,,360,nothing refers to it,1

address,type,repr,size,why,cycle
139768348726736,Registry,,40,pinned,1
139768350297152,dict,,360,nothing refers to it,1

address,type,repr,size,why,cycle
139768348726736,Registry,,40,pinned,1
139768350297152,dict,,360,nothing refers to it,1
--- stderr
gc: 58 of 213 objects are reachable; 155 objects of 15719 (15.7K) bytes are not and stay
2 objects are roots
213 objects and 368 references totalling 32023 (32.0K) bytes
1 object is a root
--- cmd
memsee -f csv -d x.db --keep-going -e "roots type = 'nosuch'" 'roots nosuch = 1' 'pin' 'pin address in (select x from y)'
--- stderr
-e:1:1: no object matches: the roots stay what they were
  roots type = 'nosuch'
  ^
-e:1:7: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  roots nosuch = 1
        ^
-e:1:1: usage: pin COND
  pin
  ^
-e:1:1: SQL error: no such table: y
  pin address in (select x from y)
  ^
--- status 2
