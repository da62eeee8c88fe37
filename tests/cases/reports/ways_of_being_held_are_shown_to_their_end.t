The end of a way names the class that is held, so a long way is not cut.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -D what="type = 'dict'" why leaky_py310_2.json.gz | grep -o 'cell_contents LeakedSes.*` |'
memsee -q -D type=dict types leaky_py310_2.json.gz | grep -o 'cell_contents LeakedSes.*` |'
--- stdout
cell_contents LeakedSession .data dict` |
cell_contents LeakedSession .data dict` |
