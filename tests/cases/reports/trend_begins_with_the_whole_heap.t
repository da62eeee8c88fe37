The trend's first line says how the heap grew as a whole, in the same numbers as its tables.
--- use leaky_py27_0.json.gz
--- use leaky_py27_1.json.gz
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -d heap.db -f markdown trend leaky_py27_*.json.gz | sed -n '1,3p'
memsee -q -d heap.db -f markdown trend | grep '^| (total)' | head -1
memsee -q -d heap.db -f markdown trend -D plain=1 | sed -n '3p'
--- stdout
# What keeps growing

The heap went from 19,290 to 31,434 objects, from 3,228,495 to 5,522,879 bytes.
| (total)       | monotonic | 19290 | 25367 | 31434 |  12144 | 6072.0 |          6072.0 |
The heap went from 19,876 to 33,420 objects, from 3,228,495 to 5,522,879 bytes.
