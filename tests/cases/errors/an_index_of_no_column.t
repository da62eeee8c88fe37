All names are looked at before an index is made.
--- use tiny_py310.json
--- cmd
memsee -q -f csv --keep-going -e 'read tiny_py310.json' 'index type nosuch' index
--- stdout
name,table,columns
child1,ref,child
parent1,ref,parent
--- stderr
-e:1:12: neither obj nor ref has a column 'nosuch'
  index type nosuch
             ^
--- status 2
