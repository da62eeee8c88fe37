No such objects, or none that is reachable, is an answer and no failure.
--- use leaky_py27_2.json.gz
--- cmd
memsee -f csv -e 'read leaky_py27_2.json.gz' 'paths to "type = 1"' "signatures to \"type = 'CycleNode'\"" "paths to \"type = 'CycleNode'\""
--- stdout
tree,objects,targets,bytes,address

objects,bytes,signature,address

tree,objects,targets,bytes,address
--- stderr
33420 (33.4K) objects and 102752 (102.8K) references totalling 5522879 (5.5M) bytes
'to': no object fulfils type = 1
200 of 200 objects are not reachable
200 of 200 objects are not reachable
