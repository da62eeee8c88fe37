ObjectSpace.dump_all: an object has the name of its class, or of the one above its singleton
class; roots have Ruby's own word; where shapes name as many variables as there are
references, they name them; sites of allocation are no business of the table of objects.
--- file heap.json
{"type":"ROOT", "root":"vm", "references":["0x100", "0x200"]}
{"type":"ROOT", "root":"global_tbl", "references":["0x200", "0x300"]}
{"address":"0x10", "type":"SHAPE", "id":0, "depth":1, "shape_type":"ROOT", "edges":1, "memsize":184}
{"address":"0x11", "type":"SHAPE", "id":1, "parent_id":0, "depth":2, "shape_type":"IVAR", "edge_name":"@lines", "edges":1, "memsize":184}
{"address":"0x12", "type":"SHAPE", "id":2, "parent_id":1, "depth":3, "shape_type":"IVAR", "edge_name":"@owner", "edges":0, "memsize":184}
{"address":"0x300", "type":"OBJECT", "shape_id":2, "class":"0x110", "ivars":2, "references":["0x400", "0x500"], "file":"cart.rb", "line":41, "method":"add", "generation":3, "memsize":40, "flags":{"wb_protected":true}}
{"address":"0x400", "type":"ARRAY", "class":"0x130", "length":2, "references":["0x500", "0x600"], "memsize":72}
{"address":"0x500", "type":"STRING", "class":"0x140", "bytesize":4, "value":"J\u00f6r\udc00", "encoding":"UTF-8", "memsize":40}
{"address":"0x600", "type":"HASH", "class":"0x150", "size":3, "references":["0x500"], "memsize":168}
{"address":"0x700", "type":"IMEMO", "imemo_type":"env", "references":["0x300"], "memsize":40}
{"address":"0x800", "type":"DATA", "class":"0x160", "struct":"proc", "references":["0x700"], "memsize":80}
{"address":"0x810", "type":"DATA", "class":"0x170", "struct":"mutex", "memsize":80}
{"address":"0x900", "type":"FLOAT", "class":"0x180", "value":"1.5", "memsize":40}
{"address":"0x910", "type":"STRING", "value":"no class", "memsize":40}
{"address":"0x100", "type":"CLASS", "class":"0x120", "name":"Cart", "superclass":"0x170", "references":["0x300"], "memsize":600}
{"address":"0x110", "type":"CLASS", "class":"0x120", "superclass":"0x100", "real_class_name":"Class", "singleton":true, "references":["0x100"], "memsize":600}
{"address":"0x120", "type":"CLASS", "class":"0x120", "name":"Class", "memsize":600}
{"address":"0x130", "type":"CLASS", "class":"0x120", "name":"Array", "memsize":600}
{"address":"0x140", "type":"CLASS", "class":"0x120", "name":"String", "memsize":600}
{"address":"0x150", "type":"CLASS", "class":"0x120", "name":"Hash", "memsize":600}
{"address":"0x160", "type":"CLASS", "class":"0x120", "name":"Proc", "memsize":600}
{"address":"0x170", "type":"CLASS", "class":"0x120", "name":"Object", "memsize":600}
{"address":"0x180", "type":"CLASS", "class":"0x120", "name":"Float", "memsize":600}
{"address":"0x200", "type":"MODULE", "class":"0x120", "name":"Kernel", "memsize":600}
not a line of it
--- cmd
memsee -q -d x.db -e 'read heap.json' 'select address, type, name, value, size, len from obj where address < 0x110 or address > 0x200' 'select parent, labels from ref_label join ref_label_list using (gen, list) where parent in (0x300, 0x400, 0x600, 0x500)' roots "select fact, value from read_log where fact in ('format', 'runtime', 'identity', 'objects', 'rejected', 'rejected 1')"
--- stdout
| address | type    | name | value    | size | len |
| ------: | ------- | ---- | -------- | ---: | --: |
|     256 | Class   | Cart | ∘        |  600 |   ∘ |
|     768 | Cart    | ∘    | ∘        |   40 |   ∘ |
|    1024 | Array   | ∘    | ∘        |   72 |   2 |
|    1280 | String  | ∘    | Jör�     |   40 |   4 |
|    1536 | Hash    | ∘    | ∘        |  168 |   3 |
|    1792 | (env)   | ∘    | ∘        |   40 |   ∘ |
|    2048 | Proc    | ∘    | ∘        |   80 |   ∘ |
|    2064 | (mutex) | ∘    | ∘        |   80 |   ∘ |
|    2304 | Float   | ∘    | 1.5      |   40 |   ∘ |
|    2320 | String  | ∘    | no class |   40 |   ∘ |

| parent | labels                         |
| -----: | ------------------------------ |
|    768 | `["@lines","@owner",".class"]` |
|   1024 | `[0,1,".class"]`               |
|   1280 | `[".class"]`                   |
|   1536 | `["{}",".class"]`              |

| address | type   | repr   | size | why        | cycle |
| ------: | ------ | ------ | ---: | ---------- | ----: |
|     256 | Class  | Cart   |  600 | vm         |     1 |
|     512 | Module | Kernel |  600 | vm         |     1 |
|     768 | Cart   | ∘      |   40 | global_tbl |     1 |

| fact       | value                                          |
| ---------- | ---------------------------------------------- |
| format     | ruby                                           |
| runtime    | Ruby                                           |
| identity   | addresses                                      |
| objects    | 19                                             |
| rejected   | 1                                              |
| rejected 1 | line 25, column 1: invalid string in json text |
--- stderr
memsee: warning: heap.json:25:1: invalid string in json text
memsee: warning: heap.json: 1 of 25 lines skipped
--- cmd
gzip -c heap.json | memsee -q -e 'read ruby:-' 'select count(*) as n from obj'
memsee -q --strict -e 'read heap.json'
--- stdout
|   n |
| --: |
|  19 |
--- stderr
memsee: warning: -:25:1: invalid string in json text
memsee: warning: -: 1 of 25 lines skipped
-e:1:1: heap.json:25:1: invalid string in json text
  read heap.json
  ^
--- status 3
--- use ruby3_singleton.json.gz
ruby_retained.json.gz
--- cmd
for f in ruby3_singleton ruby_retained; do memsee -e "read $f.json.gz"; done
--- stderr
6755 objects and 15575 (15.6K) references totalling 1859266 (1.9M) bytes
28 objects and 43 references totalling 1264 bytes
