Dumps that do not say when they were made are compared in the order given.  If each is
smaller than the one before, the report asks whether that order is right.
--- file 1.json
{"address": 16, "type": "list", "size": 64, "refs": []}
--- file 2.json
{"address": 16, "type": "list", "size": 64, "refs": [32]}
{"address": 32, "type": "Session", "size": 64, "refs": []}
--- file 3.json
{"address": 16, "type": "list", "size": 64, "refs": [32, 48]}
{"address": 32, "type": "Session", "size": 64, "refs": []}
{"address": 48, "type": "Session", "size": 64, "refs": []}
--- cmd
memsee -q -f csv -e 'read 3.json 2.json 1.json' 'trend' 2>&1
memsee -q -f csv -e 'read 1.json 2.json 3.json' 'trend' 2>&1
memsee -q -e 'read 3.json 2.json 1.json' 'include leak-check' 2>&1 | head -6
--- stdout
type,verdict,g1,g2,g3,growth,slope
(total),shrinking,3,2,1,-2,-1.0
type,verdict,g1,g2,g3,growth,slope
(total),monotonic,1,2,3,2,1.0
# Leak check

Each dump has fewer objects than the one before, and none says when it was made: is '3.json' really the oldest?

No leak in 3 dumps.

