A handler is inside what the registry retains, so both together retain no more than the registry alone.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' "retained of \"type = 'Registry'\"" \
  "retained of \"type in ('Registry', 'UploadHandler')\"" "retained of \"type = 'UploadHandler'\"" 'retained of "0"'
--- stdout
objects,size,retained_objects,retained
1,40,1491,580222

objects,size,retained_objects,retained
221,10600,1491,580222

objects,size,retained_objects,retained
220,10560,1049,514032

objects,size,retained_objects,retained
0,0,0,0
