Two runs, one thread or many: equal databases and reports.
--- use leaky_py27_0.json.gz
--- cmd
for i in 1 2; do
    memsee -q -d $i.db -o $i.md -o $i.dot -e 'read leaky_py27_0.json.gz' \
        'select type, count(*) from obj group by type order by 2 desc' \
        'path from "type = '"'Registry'"'" to "address in 0&" reversed'
done
cmp 1.md 2.md && cmp 1.dot 2.dot && cmp 1.db 2.db && echo equal
--- stdout
equal
