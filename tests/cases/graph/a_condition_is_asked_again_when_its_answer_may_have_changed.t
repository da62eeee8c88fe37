The objects that fulfil a condition are kept as long as nothing that it asks can change: another generation, a change of the tables and one that is taken back, another table, a function.
--- use leaky_py310_0.json.gz
--- use leaky_py310_2.json.gz
--- cmd
same="retained of \"type = 'UploadHandler'\""
last="(select max(address) from obj where type = 'UploadHandler')"
memsee -q -f csv -d x.db -e 'read leaky_py310_0.json.gz leaky_py310_2.json.gz' "$same" "$same" 'gen 1' "$same" 'gen 2' "$same" \
  '!begin' "update obj set type = 'Other' where address = $last" "$same" '!rollback' "$same" \
  '!savepoint p' "delete from obj where address = $last" "$same" '!rollback to p' '!release p' "$same" | grep -v '^objects\|^$'
--- stdout
220,10560,1049,514032
220,10560,1049,514032
20,960,80,46300
220,10560,1049,514032
219,10512,1045,511745
220,10560,1049,514032
219,10512,1045,511745
220,10560,1049,514032
--- cmd
chosen='retained of "address in (select address from chosen)"'
memsee -q -f csv -d x.db -e '!create table chosen (address)' "insert into chosen select address from obj where type = 'Registry'" "$chosen" \
  'delete from chosen' "$chosen" '!create temp table chosen as select max(address) address from obj' "$chosen" \
  '!drop table temp.chosen' "$chosen" '!drop table chosen' | grep -v '^objects\|^$'
# A table of the same name that comes before the one of the heap.
held="retained of \"address in (select child from ref where parent = (select address from obj where type = 'Registry'))\""
memsee -q -f csv -d x.db -e "$held" '!create temp table ref (parent, child)' "$held" '!drop table temp.ref' "$held" | grep -v '^objects\|^$'
--- stdout
1,40,1491,580222
0,0,0,0
1,408,1,408
0,0,0,0
2,2816,1501,582386
0,0,0,0
2,2816,1501,582386
--- cmd
# The same text, and an answer that differs by a setting of SQLite, or by chance.
like='retained of "type like '"'registry'"'"'
chance='retained of "random() % 2"'
memsee -q -f csv -d x.db -e "$like" '!pragma case_sensitive_like = on' "$like" | grep -v '^objects\|^$'
memsee -q -f csv -d x.db -e "$chance" "$chance" "$chance" "$chance" | grep -v '^objects\|^$' | sort -u | sed -n '2s/.*/they differ/p'
--- stdout
1,40,1491,580222
0,0,0,0
they differ
--- cmd
# A condition that yields an object twice is no set; each question counts it alike.
twice='signatures to "type = '"'Registry') union all select address from obj where (type = 'Registry'"'"'
memsee -q -f csv -d x.db -e "$twice" "$twice"
# One that is misspelt notes that it finds nothing each time.
memsee -f csv -d x.db -e "signatures to \"type = 'Regstry'\"" "signatures to \"type = 'Regstry'\""
--- stdout
objects,bytes,signature,address
1,40,module __main__ .{} Registry,140370444344224

objects,bytes,signature,address
1,40,module __main__ .{} Registry,140370444344224
objects,bytes,signature,address

objects,bytes,signature,address
--- stderr
'to': no object fulfils type = 'Regstry'
'to': no object fulfils type = 'Regstry'
