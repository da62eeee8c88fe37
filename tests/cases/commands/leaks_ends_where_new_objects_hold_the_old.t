The newest vertex holds all those before it, so every dump's chain begins with another object: leaks ends, names the class, counts all of it, and names what holds the newest.
--- file generate.sh
for n in 100 300 500
do
    awk -v n="$n" 'BEGIN {
        form = "{\"address\": %d, \"type\": \"%s\", \"size\": %d, \"refs\": [%s]}\n"
        printf form, 1, "module", 72, 2
        printf form, 2, "dict", 232, 3
        printf form, 3, "Graph", 48, 4
        printf form, 4, "list", 64, 1000 + n
        for (i = 1; i <= n; i++) {
            printf form, 1000 + i, "Vertex", 48, 100000 + i
            others = (i > 1 ? (999 + i) "," : "") (i < n ? 1001 + i : 1000 + i)
            printf form, 100000 + i, "list", 88, others
        }
    }' >$n.json
done
--- cmd
sh generate.sh
memsee -q -f csv -e 'read 100.json 300.json 500.json' leaks >leaks.csv
sed -n 2p leaks.csv | cut -d, -f1-7
memsee -q -e 'read 100.json 300.json 500.json' leaks | grep -F ' → '
--- stdout
Vertex,new,monotonic,400,100,300,500
| Vertex | ∘           | Graph  | ∘    |   48 |    68112 | 100 → 300 → 500 |       3 |
