All leaked objects at once are a few branches; what the limit leaves out is counted.
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py27_2.json.gz' "paths to \"type in ('UploadHandler', 'LeakedSession', 'LRUNode')\" top 12"
memsee -q -f dot -e 'read leaky_py27_2.json.gz' "paths from \"type = 'Registry'\" to \"type = 'UploadHandler'\""
--- stdout
tree,objects,targets,bytes,address
module __main__,1,572,42240,139874462081488
· .AFTER_REQUEST list,1,330,26400,139874457531968
· · [] function,330,330,26400,139874450858320
· · · .__closure__? tuple,330,330,26400,139874450820624
· · · · [] cell,330,330,26400,139874450899472
· · · · · .cell_contents LeakedSession,330,330,26400,139874450952432
· .REGISTRY Registry,1,220,14080,139874450815312
· · .entries? list,1,220,14080,139874457531408
· · · [] dict,220,220,14080,139874450895792
· · · · ['handler'] UploadHandler,220,220,14080,139874450899792
· .PAGE_CACHE LRU,1,22,1760,139874450815888
· · .map dict,1,19,1520,139874457719728
· · · 19 more,19,19,1520,
· · 3 more,1,3,240,
digraph result_0 {
	graph [fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t, rankdir=TB, nodesep=0.25, ranksep=0.4, pad=0.2, bgcolor=white, newrank=true];
	node [fontname="Helvetica,Arial,sans-serif", fontsize=11, shape=box, style="rounded,filled", fillcolor=white, color="#333333", margin="0.12,0.06", height=0.3];
	edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.7];
	n0 [label="Registry\n14.1 kB", tooltip="address 139874450815312", fillcolor="#d3e6f3", color="#0072b2", penwidth=3];
	n1 [label="list\n14.1 kB", tooltip="address 139874457531408"];
	n2 [label="dict × 220\n14.1 kB", shape=box3d, style=filled];
	n3 [label="UploadHandler × 220\n14.1 kB", shape=box3d, style=filled, fillcolor="#fae0c8", color="#d55e00", penwidth=1.5, peripheries=2];
	n0 -> n1 [label="  .entries ?\l  × 220, 14.1 kB\l", color="#000000", penwidth=2];
	n1 -> n2 [label="  []\l  × 220, 14.1 kB\l", color="#000000", penwidth=2];
	n2 -> n3 [label="  ['handler']\l  × 220, 14.1 kB\l", color="#000000", penwidth=2];
	subgraph cluster_legend {
		label="legend"; fontsize=10; color="#aaaaaa"; style=rounded;
		node [fontsize=9, margin="0.08,0.04", height=0.2];
		l0 [label="object: type, value, size"];
		l1 [label="several objects of a kind", shape=box3d, style=filled];
		l2 [label="start: thick border", fillcolor="#d3e6f3", color="#0072b2", penwidth=3];
		l3 [label="end: double border", fillcolor="#fae0c8", color="#d55e00", penwidth=1.5, peripheries=2];
		l4 [shape=point, width=0.06, color="#666666"];
		r4 [shape=plaintext, style="", label="refers to, on the path"];
		l4 -> r4 [minlen=1, color="#000000", penwidth=2];
		l5 [shape=plaintext, style="", label="name ?: guessed from the order"];
		{ rank=same; l0; l1; }
		l0 -> l2 [style=invis, weight=10];
		{ rank=same; l2; l3; }
		l2 -> l4 [style=invis, weight=10];
		{ rank=same; l4; r4; l5; }
	}
}
