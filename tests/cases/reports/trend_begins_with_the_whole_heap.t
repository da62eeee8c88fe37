The trend's first line tells how the heap grew as a whole, and where to look when a database does not record it.
--- use leaky_py27_0.json.gz
--- use leaky_py27_1.json.gz
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -d heap.db -f markdown trend leaky_py27_*.json.gz | sed -n '1,3p'
memsee -q -d heap.db -e 'delete from read_log'
memsee -q -d heap.db -f markdown trend | sed -n '3p'
--- stdout
# What keeps growing

The heap went from 19,876 to 33,420 objects, from 3,228,495 to 5,522,879 bytes.
How large the heap was is in the last row.
