A script may say which references hide the answer: here what frames refer to.
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py27_2.json.gz' "signatures from \"type = 'frame'\" to \"type = 'Registry'\"" \
  'shell create table low_priority (parent text, child text)' \
  "insert into low_priority values ('frame', 'dict'), ('frame', 'frame')" "signatures from \"type = 'frame'\" to \"type = 'Registry'\"" \
  "signatures from \"type = 'frame'\" to \"type = 'Registry'\" plain"
--- stdout
objects,bytes,signature,address
1,56,frame .f_globals dict ['REGISTRY'] Registry,139874450815312

objects,bytes,signature,address
1,56,frame local Row -> type .__base__ class Row .__repr__ function .__globals__ dict ['OrderedDict'] type .items function .__globals__ dict ['_sys'] module .modules dict ['__main__'] module .REGISTRY Registry,139874450815312

objects,bytes,signature,address
1,56,frame .f_globals dict ['REGISTRY'] Registry,139874450815312
