Roots that a user chose belong to their generation, in the next run as well; a condition that no object fulfils leaves them, and another rule replaces them.
--- use tiny_py310.json
--- cmd
memsee -q -d x.db -o - -e 'read tiny_py310.json' "roots type = 'Registry'" 'read tiny_py310.json' roots | grep -c Registry
memsee -q -d x.db -f csv -e 'gen 1' 'roots' 'select count(*) as reached from reachable(0)' | cut -d, -f2-
memsee -q --keep-going -d x.db -f csv -e "roots type = 'none'" 'roots nowt = 1' 'roots' | cut -d, -f2-
memsee -q -d x.db -f csv -e 'roots original' 'roots' | wc -l
memsee -q -d x.db -f csv -e 'roots natural' 'roots' | grep -c chosen; true
--- stdout
0
type,repr,size,why,cycle
Registry,,40,chosen,1

reached
32
type,repr,size,why,cycle
Registry,,40,chosen,1
2
0
--- stderr
-e:1:1: no object matches: the roots stay what they were
  roots type = 'none'
  ^
-e:1:7: SQL error: no such column: nowt; text takes single quotes: 'nowt'
  roots nowt = 1
        ^
