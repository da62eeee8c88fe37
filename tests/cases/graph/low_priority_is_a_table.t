A script may say which references hide the answer: here what frames refer to.
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py27_2.json.gz' "signatures to \"type = 'Registry'\"" \
  'shell create table low_priority (parent text, child text)' \
  "insert into low_priority values ('frame', 'dict'), ('frame', 'frame')" "signatures to \"type = 'Registry'\"" \
  "signatures to \"type = 'Registry'\" plain"
--- stdout
objects,bytes,signature,address
1,56,frame .f_back frame .f_globals dict ['REGISTRY'] Registry,139874450815312

objects,bytes,signature,address
1,56,dict [] function .__globals__ dict ['six'] module .sys module .modules dict ['__main__'] module .REGISTRY Registry,139874450815312

objects,bytes,signature,address
1,56,frame .f_back frame .f_globals dict ['REGISTRY'] Registry,139874450815312
