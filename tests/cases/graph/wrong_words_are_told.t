Each with the word that is wrong, or the usage.
--- use tiny_py27.json
--- cmd
memsee -q --keep-going -e 'read tiny_py27.json' 'paths from "1"' 'paths to "1" top 0' 'paths to "1" sideways' 'paths to "1" to "2"' \
  'path from "1" to "1" first' 'path from "1" to "1" first 2 all' 'path from "1" to "1" prioritized all' 'dominators top' \
  'select * from reachable' 'select * from path(1)' 'owners depth x' 'retained of "nosuch = 1"'
--- stderr
-e:1:1: usage: paths [from "COND"] to "COND" [avoiding "COND"] [top N] [plain]
  paths from "1"
  ^
-e:1:18: the number is too small: '0'
  paths to "1" top 0
                   ^
-e:1:14: unexpected word 'sideways'
  paths to "1" sideways
               ^
-e:1:14: given twice: 'to'
  paths to "1" to "2"
               ^
-e:1:22: something must follow 'first'
  path from "1" to "1" first
                       ^
-e:1:1: 'first' and 'all' exclude each other
  path from "1" to "1" first 2 all
  ^
-e:1:1: 'prioritized' finds one path
  path from "1" to "1" prioritized all
  ^
-e:1:12: something must follow 'top'
  dominators top
             ^
-e:1:1: SQL error: reachable() takes 1 argument
  select * from reachable
  ^
-e:1:1: SQL error: path() takes 2 arguments
  select * from path(1)
  ^
-e:1:14: not an integer: 'x'
  owners depth x
               ^
-e:1:14: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  retained of "nosuch = 1"
               ^
--- status 2
