What objects of a V8 snapshot retain is what memlab computes: @memlab/heap-analysis of npm,
getFullHeapFromFile(FILE).nodes, the id and retainedSize of the 40 that retain most but for V8's own
lists of roots.  All of the others, 2,929 in all, were equal when this was recorded.
--- use leaky_node_3.heapsnapshot.gz
--- cmd
memsee -q -f csv -e 'read leaky_node_3.heapsnapshot.gz' \
    'select retained, address as id from retaining(40) order by retained desc, address limit 40'
--- stdout
retained,id
97984,6153
33104,77559
33016,77561
32912,78493
32888,78409
32888,78497
30352,77563
30320,79635
16712,6189
15568,43173
15504,66699
15472,66727
2704,6163
2488,51483
2264,6045
1232,77145
1096,67647
1016,67649
864,67653
728,41679
696,67663
688,11361
656,51313
608,6161
552,6155
544,72659
520,72613
520,72667
440,41867
272,41643
272,42373
256,72609
232,11387
224,15015
224,72585
216,77229
216,77241
192,77135
192,77149
184,77169
