A report takes options by -D, has defaults, and puts computed values into its sentences.
--- use tiny_py310.json
--- use tiny_py27.json
--- file r.memsee
default top 2
read $@
let n select printf('%,d', count(*) + 1000) from obj
let empty select type from obj where 0
text **$n** objects and [$empty].
select type, count(*) n from obj group by type order by n desc, type limit $top
gen
--- cmd
memsee -q r.memsee tiny_py310.json tiny_py27.json
--- stdout
**1,239** objects and [].

| type |   n |
| ---- | --: |
| str  |  56 |
| dict |  30 |

2 generations, current is 2
--- cmd
memsee -q -f csv -D top=1 r.memsee tiny_py310.json
--- stdout
type,n
str,50
--- cmd
memsee -q r.memsee
--- stderr
r.memsee:2:1: no dump: name one, or a database that holds one with -d
  read $@
  ^
--- status 2
--- cmd
memsee -q -e 'let x' 'let x y'
--- stderr
-e:1:1: usage: let NAME QUERY
  let x
  ^
--- status 2
--- cmd
memsee -q -e 'let x select 1, 2'
--- stderr
-e:1:1: expected a query of one column, found 2 columns
  let x select 1, 2
  ^
--- status 2
