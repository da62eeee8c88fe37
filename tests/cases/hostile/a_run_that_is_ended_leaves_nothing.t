A hangup ends a run in good order; a second signal, and a call that cannot be given up when the time is up, end it at once: no unfinished file and no private database is left.
--- unless valgrind
--- use tiny_py310.json
--- cmd
slow="select instr(zeroblob(200000000), zeroblob(100000000) || x'01')"
# A test that runs under nohup would ignore what is to be tried.
run="env --default-signal=HUP memsee"
left() { find . "$TMPDIR" -name '.memsee*' -o -name 'memsee-*'; }
there() { while ! grep -q ready ready 2>/dev/null; do sleep 0.02; done; sleep 0.2; }
$run -q -o - -o r.md -o csv:d/ --junit j.xml -e 'read tiny_py310.json' 'caption a' 'select 1' 'echo ready' "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n" >ready &
there; kill -HUP $!; wait $!; echo $?
ls; rm ready; left
$run -q -o - -o r.md -o csv:d/ --junit k.xml -e 'read tiny_py310.json' 'caption a' 'select 1' 'echo ready' "$slow" >ready &
there; left | wc -l; kill -HUP $!; sleep 0.1; kill -TERM $!; wait $!; echo $?
ls; rm ready; left
memsee -q --max-seconds 1 -o - -o r.md -o csv:d/ --junit k.xml -e 'read tiny_py310.json' 'caption a' 'select 1' 'echo ready' "$slow" >/dev/null
echo $?
ls; left
(trap '' HUP; memsee -q -o - -o n.md -e 'read tiny_py310.json' 'echo ready' "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) from n" >ready & there; kill -HUP $!; wait $!; echo $?)
tail -n 1 n.md
--- stdout
3
j.xml
ready
tiny_py310.json
4
143
d
j.xml
ready
tiny_py310.json
3
d
j.xml
tiny_py310.json
0
|  3000000 |
--- stderr
-e:1:1: interrupted
  with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n
  ^
Terminated
memsee: the time is up, and what runs cannot be given up; ended
