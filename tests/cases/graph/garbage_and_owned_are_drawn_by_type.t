What refers to what in the garbage, and who owns the objects of a set: a node a type, with sums.
--- use leaky_py27_1.json.gz
--- use tiny_py310.json
--- cmd
memsee -q -f dot -e 'read leaky_py27_1.json.gz' garbage "owned of \"type = 'str'\"" | grep -E '^	n[0-9]'
memsee -q -f dot -e 'read tiny_py310.json' "owned of \"type = 'nothing'\"" | grep found
--- stdout
	n0 [label="dict × 100\n28.0 kB", shape=box3d, style=filled];
	n1 [label="list × 200\n20.4 kB", shape=box3d, style=filled];
	n2 [label="CycleNode × 100\n6,400 bytes", shape=box3d, style=filled];
	n3 [label="str × 100\n4,100 bytes", shape=box3d, style=filled];
	n0 -> n2 [label="  × 100\l", color="#666666"];
	n0 -> n3 [label="  × 100\l", color="#666666"];
	n1 -> n1 [label="  × 400\l", color="#666666"];
	n2 -> n0 [label="  × 100\l", color="#666666"];
	n0 [label="objects asked for × 8,630\n907.6 kB", shape=box3d, style=filled, fillcolor="#fae0c8", color="#d55e00", penwidth=1.5, peripheries=2];
	n1 [label="dict × 1,264\n1.4 MB", shape=box3d, style=filled];
	n2 [label="function × 579\n69.5 kB", shape=box3d, style=filled];
	n3 [label="no single owner"];
	n4 [label="LeakedSession × 174\n13.9 kB", shape=box3d, style=filled];
	n5 [label="list × 16\n17.0 kB", shape=box3d, style=filled];
	n6 [label="tuple × 27\n2,344 bytes", shape=box3d, style=filled];
	n7 [label="property × 21\n1,848 bytes", shape=box3d, style=filled];
	n8 [label="builtin_function_or_method × 7\n504 bytes", shape=box3d, style=filled];
	n9 [label="exceptions.RuntimeError\n72 bytes"];
	n10 [label="frame\n584 bytes"];
	n11 [label="cell\n56 bytes"];
	n1 -> n0 [label="× 5,198, 594.8 kB\n ", color="#666666", style=dashed, arrowhead=empty, penwidth=6.00];
	n2 -> n0 [label="× 582, 149.1 kB\n ", color="#666666", style=dashed, arrowhead=empty, penwidth=3.50];
	n3 -> n0 [label="× 2,402, 137.7 kB\n ", color="#666666", style=dashed, arrowhead=empty, penwidth=3.41];
	n4 -> n0 [label="× 174, 12.0 kB\n ", color="#666666", style=dashed, arrowhead=empty, penwidth=1.71];
	n5 -> n0 [label="× 195, 8,667 bytes\n ", color="#666666", style=dashed, arrowhead=empty, penwidth=1.60];
	n6 -> n0 [label="× 48, 2,697 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.34];
	n7 -> n0 [label="× 21, 2,149 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.30];
	n8 -> n0 [label="× 7, 300 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.11];
	n9 -> n0 [label="69 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.05];
	n10 -> n0 [label="65 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.05];
	n11 -> n0 [label="54 bytes", color="#666666", style=dashed, arrowhead=empty, penwidth=1.05];
	nothing [shape=plaintext, style="", label="nothing found"];
