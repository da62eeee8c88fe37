The planted pairs are cycles of four objects that nothing holds; the way around them is real.
--- use tiny_py27.json
--- cmd
memsee -q -f csv -e 'read tiny_py27.json' 'cycles' "cycles of \"type = 'CycleNode'\" top 1"
memsee -f dot -e 'read tiny_py27.json' "cycles of \"type = 'CycleNode'\" top 1"
--- stdout
objects,bytes,types,route,state,held_by,holder,address
7,560,7 LRUNode,LRUNode -> LRUNode -> LRUNode,alive,7,140318222606992,140318222428832
4,688,"2 CycleNode, 2 dict",CycleNode -> dict -> CycleNode -> dict -> CycleNode,garbage,0,,140318215781392
4,688,"2 CycleNode, 2 dict",dict -> CycleNode -> dict -> CycleNode -> dict,garbage,0,,140318215843920

objects,bytes,types,route,state,held_by,holder,address
4,688,"2 CycleNode, 2 dict",CycleNode -> dict -> CycleNode -> dict -> CycleNode,garbage,0,,140318215781392
digraph result_0 {
	graph [fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t, rankdir=TB, nodesep=0.25, ranksep=0.4, pad=0.2, bgcolor=white, newrank=true];
	node [fontname="Helvetica,Arial,sans-serif", fontsize=11, shape=box, style="rounded,filled", fillcolor=white, color="#333333", margin="0.12,0.06", height=0.3];
	edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.7];
	n0 [label="CycleNode\n64 bytes", tooltip="address 140318215781392", fillcolor="#ead7e2", color="#a0527f", penwidth=1.6];
	n1 [label="dict\n280 bytes", tooltip="address 140318222615760", fillcolor="#ead7e2", color="#a0527f", penwidth=1.6];
	n2 [label="CycleNode\n64 bytes", tooltip="address 140318224834320", fillcolor="#ead7e2", color="#a0527f", penwidth=1.6];
	n3 [label="dict\n280 bytes", tooltip="address 140318222616624", fillcolor="#ead7e2", color="#a0527f", penwidth=1.6];
	n0 -> n1 [label="  .__dict__\l", color="#000000", penwidth=2];
	n1 -> n2 [label="  .other\l", color="#000000", penwidth=2];
	n2 -> n3 [label="  .__dict__\l", color="#000000", penwidth=2];
	n3 -> n0 [label="  .other\l", color="#000000", penwidth=2];
	subgraph cluster_legend {
		label="legend"; fontsize=10; color="#aaaaaa"; style=rounded;
		node [fontsize=9, margin="0.08,0.04", height=0.2];
		l0 [label="on a reference cycle", fillcolor="#ead7e2", color="#a0527f", penwidth=1.6];
		l1 [shape=point, width=0.06, color="#666666"];
		r1 [shape=plaintext, style="", label="refers to, on the path"];
		l1 -> r1 [minlen=1, color="#000000", penwidth=2];
		{ rank=same; l0; }
		l0 -> l1 [style=invis, weight=10];
		{ rank=same; l1; r1; }
	}
}
--- stderr
239 objects and 438 references totalling 38100 (38.1K) bytes
2 cycles, of which 1 are shown
--- cmd
memsee -q -f dot -e 'read tiny_py27.json' 'cycles top 1' | grep -e 'into it' -e 'n3 -> '
--- stdout
	n3 [label="5 more references into it", shape=box, style="dashed,filled", color="#666666"];
	n3 -> n0 [label="", color="#666666"];
