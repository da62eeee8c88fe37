What a dump says of where its objects were allocated goes again with the dump, so that the same
dump can be read once the mistake is mended.
--- use tiny_py310.json
--- file site.json
{"type":"ROOT", "root":"vm", "references":["0x20", "0x30"]}
{"address":"0x20", "type":"CLASS", "class":"0x20", "name":"Shop", "references":["0x20"], "file":"shop.rb", "line":1, "memsize":40}
{"address":"0x30", "type":"OBJECT", "class":"0x20", "references":["0x20"], "file":"shop.rb", "line":3, "method":"add", "memsize":40}
--- file bad.json
no dump at all
--- cmd
memsee -q -d x.db -f csv -e 'read tiny_py310.json'
memsee -q -d x.db -e 'read site.json bad.json'
memsee -q -d x.db -f csv -e "select name from sqlite_schema where name like 'site%'" 'read site.json' 'select address, site from site'
--- stdout
name

address,site
32,shop.rb:1
48,shop.rb:3 in add
--- stderr
-e:1:1: 'bad.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read site.json bad.json
  ^
