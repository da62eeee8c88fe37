Plain, gzip, zstd, from standard input, as JSON lines or as one array: the same tables.
--- needs zstd sqlite3 gzip
--- use tiny_py27.json
--- cmd
gzip -k tiny_py27.json && zstd -q tiny_py27.json
{ printf '[\n'; sed '$!s/$/,/' tiny_py27.json; printf ']\n'; } >array.json
for dump in tiny_py27.json tiny_py27.json.gz tiny_py27.json.zst array.json; do
    memsee -q -d $dump.db -e "read $dump" || exit
done
memsee -q -d stdin.db -e 'read -' <tiny_py27.json.gz || exit
for db in *.db; do
    sqlite3 $db 'select * from obj order by address; select * from ref order by 1, 2' | cksum
done | uniq -c | sed 's/  *1 .*/different/; s/^ *\([0-9]*\) .*/\1 equal/'
--- stdout
5 equal
