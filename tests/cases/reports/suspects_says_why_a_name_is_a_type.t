A dump of meliae has no names of attributes; the report says what its names mean there, and which dumps have
them.  Other dumps need no such words.
--- use leaky_py310_2.json.gz
--- use names_py313.json
--- use leaky_ruby_3.json.gz
--- cmd
for dump in leaky_py310_2.json.gz names_py313.json leaky_ruby_3.json.gz; do
    memsee -q -D least=3 -D shown=1 suspects $dump | grep -A 1 '^In a place'; echo "$dump: $?"
done
--- stdout
In a place, `<list>` is a list that this dump has no name for. Dumps by the script that
`memsee --print-dumper` prints name attributes and keys.
leaky_py310_2.json.gz: 0
names_py313.json: 1
leaky_ruby_3.json.gz: 1
