Two runs give the same bytes, in every format.
--- use leaky_py27_0.json.gz as 0.gz
--- use leaky_py27_1.json.gz as 1.gz
--- use leaky_py27_2.json.gz as 2.gz
--- cmd
for i in a b; do memsee -q -o $i.md -o $i.json -o $i.dot --junit $i.xml leak-check 0.gz 1.gz 2.gz 2>$i.err; memsee -q -o $i.diff.md -o $i.diff.dot diff 0.gz 1.gz; memsee -q -o $i.trend.md trend 0.gz 1.gz 2.gz; done; for f in md json dot xml err diff.md diff.dot trend.md; do cmp a.$f b.$f; done
