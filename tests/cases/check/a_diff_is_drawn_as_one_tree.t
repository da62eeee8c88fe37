Where it grew is seen at a glance: one tree of both heaps, with numbers and signs on what is new, grown, shrunk and gone.
--- needs dot
--- file before.json
{"address": 16, "type": "module", "size": 72, "name": "shop", "refs": [32]}
{"address": 32, "type": "dict", "size": 232, "len": 3, "refs": [48, 64, 80]}
{"address": 48, "type": "list", "size": 60, "len": 1, "refs": [96]}
{"address": 64, "type": "tuple", "size": 60, "len": 2, "refs": [128, 112]}
{"address": 80, "type": "Old", "size": 40, "refs": []}
{"address": 96, "type": "Session", "size": 500, "refs": []}
{"address": 112, "type": "Job", "size": 40, "refs": []}
{"address": 128, "type": "Job", "size": 40, "refs": []}
--- file after.json
{"address": 16, "type": "module", "size": 72, "name": "shop", "refs": [32]}
{"address": 32, "type": "dict", "size": 232, "len": 3, "refs": [48, 64, 80]}
{"address": 48, "type": "list", "size": 80, "len": 3, "refs": [144, 160, 96]}
{"address": 64, "type": "tuple", "size": 52, "len": 1, "refs": [112]}
{"address": 80, "type": "Fresh", "size": 40, "refs": []}
{"address": 96, "type": "Session", "size": 500, "refs": []}
{"address": 112, "type": "Job", "size": 40, "refs": []}
{"address": 144, "type": "Session", "size": 500, "refs": []}
{"address": 160, "type": "Session", "size": 500, "refs": []}
--- cmd
memsee -q -o diff.dot -e "read before.json after.json" "diff by signature"; grep -o '^	n.*label="[^"]*"\(, tooltip[^,]*"\)*' diff.dot; dot -Tsvg diff.dot >diff.svg
--- stdout
	n0 [label="module shop\n2,016 bytes", tooltip="address 16"
	n1 [label="tuple\n92 bytes", tooltip="address 64"
	n2 [label="▼ Job\n2 → 1 (-1)\n40 bytes"
	n3 [label="list\n1,580 bytes", tooltip="address 48"
	n4 [label="▲ Session\n1 → 3 (+2)\n1,500 bytes"
	n5 [label="✕ Old\n1 → 0 (-1)\n0 bytes"
	n6 [label="+ Fresh\n0 → 1 (+1)\n40 bytes", tooltip="address 80"
	n0 -> n1 [label="  .{1}   \l"
	n1 -> n2 [label="  []   \l"
	n0 -> n3 [label="     .{0}   \l     +1,020 bytes   \l"
	n3 -> n4 [label="     []   \l     +1,000 bytes   \l"
	n0 -> n5 [label="  .{2}   \l"
	n0 -> n6 [label="  .{2}   \l  +40 bytes   \l"
