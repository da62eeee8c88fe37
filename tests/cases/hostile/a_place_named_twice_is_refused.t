Two documents in one place would undo each other, and one in the database's place its data.
--- use tiny_py310.json
--- file script.memsee
output again.md
output ./again.md
output csv:heap.db
output heap.db
--- cmd
ln -s r.md link.md
memsee -o r.md -o ./r.md -e 'echo a'
memsee -o r.md -o csv:link.md -e 'echo a'
memsee -o out/ -o csv:./out/ -e 'echo a'
memsee -q -d heap.db -e 'read tiny_py310.json'
cp heap.db kept.db
memsee -q -d heap.db -o csv:heap.db -e 'select 1'
memsee -q -o csv:heap.db -e 'open ./heap.db' 'select 1'
memsee -q -d heap.db --keep-going script.memsee
cmp heap.db kept.db
ls
--- stdout
again.md
heap.db
kept.db
link.md
script.memsee
tiny_py310.json
--- stderr
memsee: 'r.md' and './r.md' would write to the same place
memsee: 'r.md' and 'link.md' would write to the same place
memsee: 'out/' and 'csv:./out/' would write to the same place
memsee: 'heap.db' would write over the database
-e:1:1: 'heap.db' would write over the database
  open ./heap.db
  ^
script.memsee:2:1: 'again.md' and './again.md' would write to the same place
  output ./again.md
  ^
script.memsee:3:1: 'heap.db' would write over the database
  output csv:heap.db
  ^
script.memsee:4:1: no format has the extension of 'heap.db'; write FORMAT:heap.db with one of markdown, csv, dot, text, json, html, svg
  output heap.db
  ^
