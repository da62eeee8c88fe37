A script from a pull request must not read or write files that its user did not name.
--- use tiny_py310.json
--- use tiny_py27.json
--- file script.memsee
read $1
select count(*) n from obj
read tiny_py27.json
create other.db
open other.db
output other.md
import other.csv
backup
restore
read /dev/stdin
read ./tiny_py310.json
--- cmd
memsee -q -f csv --safe --keep-going script.memsee tiny_py310.json
ls
--- stdout
n
213
script.memsee
tiny_py27.json
tiny_py310.json
--- stderr
script.memsee:3:1: --safe: 'read' of a file that is not on the command line: 'tiny_py27.json'
  read tiny_py27.json
  ^
script.memsee:4:1: --safe: 'create' of a file that is not on the command line: 'other.db'
  create other.db
  ^
script.memsee:5:1: --safe: 'open' of a file that is not on the command line: 'other.db'
  open other.db
  ^
script.memsee:6:1: --safe: 'output' of a file that is not on the command line: 'other.md'
  output other.md
  ^
script.memsee:7:1: --safe: 'import' of a file that is not on the command line: 'other.csv'
  import other.csv
  ^
script.memsee:8:1: --safe forbids 'backup'
  backup
  ^
script.memsee:9:1: --safe forbids 'restore'
  restore
  ^
script.memsee:10:1: --safe: 'read' of a file that is not on the command line: '/dev/stdin'
  read /dev/stdin
  ^
script.memsee:11:1: --safe: 'read' of a file that is not on the command line: './tiny_py310.json'
  read ./tiny_py310.json
  ^
