A file without permission is one line that names it: a dump, a database, a script, and a folder in which the output may not be made. Root gives up its right to ignore permissions first.
--- use tiny_py310.json as d.json
--- needs setpriv
--- file s.memsee
select 1
--- cmd
mkdir locked; chmod 0 d.json s.memsee; chmod 555 locked
run() { if [ "$(id -u)" = 0 ]; then setpriv --bounding-set -dac_override,-dac_read_search "$@"; else "$@"; fi; }
m=$(command -v memsee)
for a in "summary d.json" "d.json" "s.memsee" "-d d.json -e stats" "-o locked/a.html -e stats" "-d locked/a.db -e stats"; do run "$m" -q $a; echo $?; done; ls locked
--- stdout
3
2
2
3
3
3
--- stderr
memsee summary: cannot read 'd.json': Permission denied
memsee: cannot open script 'd.json': Permission denied
memsee: cannot open script 's.memsee': Permission denied
memsee: database 'd.json': Permission denied
memsee: cannot write 'locked/a.html': Permission denied
memsee: cannot make database 'locked/a.db': Permission denied
