DOT shows paths and objects; other results are named where they are missing.
--- needs dot
--- cmd
memsee -f dot -e 'caption Numbers' 'select 1 as a' | dot -Tsvg >/dev/null; echo $?
--- stdout
0
--- stderr
-: nothing in it can be drawn: it has no address column
--- cmd
memsee -f dot -e 'select 1 as a'
--- stdout
digraph result {
	graph [fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t, rankdir=TB, nodesep=0.25, ranksep=0.4, pad=0.2, bgcolor=white];
	node [fontname="Helvetica,Arial,sans-serif", fontsize=11, shape=box, style="rounded,filled", fillcolor=white, color="#333333", margin="0.12,0.06", height=0.3];
	edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, arrowsize=0.7];
	nothing [shape=plaintext, style="", label="nothing to draw"];
}
--- stderr
-: nothing in it can be drawn: it has no address column
