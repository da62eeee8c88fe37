A picture marks the objects whose removal frees the end, not an arrow out of them, and counts what a tree leaves out.
--- use tiny_py27.json
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f dot -e 'read leaky_py310_0.json.gz' "path from \"address in 0&\" to \"type = 'Registry'\" disjoint" |
  grep -E 'octagon|n[0-9]+ -> n'
memsee -q -e 'read leaky_py310_0.json.gz' "path from \"address in 0&\" to \"type = 'Registry'\" disjoint" |
  grep -E 'red|cut'
memsee -q -f dot -e 'read tiny_py27.json' 'owners depth 2 percent 15' | grep -E ' more|-> n'
--- stdout
	n3 [label="dict\n2,272 bytes", tooltip="address 140370454781696", shape=octagon, style=filled, fillcolor="#f9d5d0", color="#b02a1d", penwidth=2.5];
	n0 -> n1 [label="  {44}\l", color="#000000", penwidth=2];
	n1 -> n2 [label="  ['__main__'] ?\l", color="#000000", penwidth=2];
	n2 -> n3 [label="  .__dict__\l", color="#000000", penwidth=2];
	n3 -> n4 [label="  .{38}\l", color="#000000", penwidth=2];
		l1 [label="removing these frees the end", shape=octagon, style=filled, fillcolor="#f9d5d0", color="#b02a1d", penwidth=2.5];
| route | step | cut | reference       |         address | type     | name       | value | size | len | mark | repr       |
    classDef cut fill:#f9d5d0,stroke:#b02a1d,stroke-width:3px,color:#000
    class n3 cut
*Arrows: refers to; a name with ?: guessed; blue, round: start; orange, double sides: end; red, slanted: removing these frees the end.*
	n1 [label="22 more\n8,576 bytes", shape=box, style="dashed,filled", color="#666666"];
	n3 [label="2 more\n13.6 kB", shape=box, style="dashed,filled", color="#666666"];
	n5 [label="14 more\n6,797 bytes", shape=box, style="dashed,filled", color="#666666"];
	n7 [label="2 more\n5,449 bytes", shape=box, style="dashed,filled", color="#666666"];
	n0 -> n1 [label="     × 22, 8,576 bytes   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=4.96];
	n0 -> n2 [label="     13.7 kB   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=6.00];
	n2 -> n3 [label="     × 2, 13.6 kB   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=5.99];
	n0 -> n4 [label="     × 3, 7,133 bytes   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=4.61];
	n4 -> n5 [label="     × 14, 6,797 bytes   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=4.52];
	n0 -> n6 [label="     5,513 bytes   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=4.17];
	n6 -> n7 [label="     × 2, 5,449 bytes   \l", color="#666666", style=dashed, arrowhead=empty, penwidth=4.15];
		l4 [shape=plaintext, style="", label="wider arrow: more bytes"];
