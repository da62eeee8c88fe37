On a terminal tables fit the window, no picture stands as source, and a long report ends in its answer.
--- needs script
--- use leaky_py310_1.json.gz
--- cmd
script -qec 'stty cols 80 rows 24; memsee -q suspects leaky_py310_1.json.gz' /dev/null | tr -d '\r' >out
sed 's#·#.#g; s#…#.#g' out | awk 'length > 80 && /^\|/ { print "wide: " $0 }'
grep -c mermaid out
tail -n 3 out | head -n 1 | cut -c 1-40; grep -c '^---$' out
script -qec 'stty cols 60; memsee -q -e "select 1 one"' /dev/null | tr -d '\r'
--- stdout
0

1
| one |
| --: |
|   1 |
