A search is of one kind: words that do not go together, and a search without its ends, are refused where they stand.
--- use tiny_py310.json
--- file script.memsee
read tiny_py310.json
path from "1"
path to "1"
path from "1" to "1" first 2 all
path from "1" to "1" disjoint all
path from "1" to "1" prioritized first 2
path from "1" to "1" first 0
path from "1" to "type = 'str'" avoiding "nowt = 1"
path from "type = 'none'" to "type = 'str'"
path from "1" to "1" sideways
--- cmd
memsee -f csv --keep-going script.memsee
--- stdout
address,type,name,value,size,len,mark,repr
--- stderr
213 objects and 368 references totalling 32023 (32.0K) bytes
script.memsee:2:1: usage: path from "COND" to "COND" [reversed] [avoiding "COND"] [first N | all] [disjoint] [prioritized]
  path from "1"
  ^
script.memsee:3:1: usage: path from "COND" to "COND" [reversed] [avoiding "COND"] [first N | all] [disjoint] [prioritized]
  path to "1"
  ^
script.memsee:4:1: 'first' and 'all' exclude each other
  path from "1" to "1" first 2 all
  ^
script.memsee:5:1: 'disjoint' and 'all' exclude each other
  path from "1" to "1" disjoint all
  ^
script.memsee:6:1: 'prioritized' finds one path
  path from "1" to "1" prioritized first 2
  ^
script.memsee:7:28: the number is too small: '0'
  path from "1" to "1" first 0
                             ^
script.memsee:8:43: SQL error: no such column: nowt; text takes single quotes: 'nowt'
  path from "1" to "type = 'str'" avoiding "nowt = 1"
                                            ^
'from': no object fulfils type = 'none'
script.memsee:10:22: unexpected word 'sideways'
  path from "1" to "1" sideways
                       ^
--- status 2
