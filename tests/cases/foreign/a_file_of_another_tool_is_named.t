What is no dump that memsee reads is named where it is known, with the way to get one that is
read; a name before the file decides without a look at it.
--- cmd
printf '\200\004\225' >a.pickle
printf '\200\004\225\043\000\000\000\000\000\000\000\214\013tracemalloc\224' >a.tracemalloc
printf 'memray\000\013' >a.memray
printf '\000\000\000\000\007\124\326\001' >a.pyheap
printf '\024\000\000\000!FastSerialization.1' >a.gcdump
printf '=erl_crash_dump:0.5\n' >erl_crash.dump
for f in a.* erl_crash.dump; do memsee -q -e "read $f"; echo $?; done
--- stdout
3
3
3
3
3
3
--- stderr
-e:1:1: 'a.gcdump' is a .NET gcdump, which is not read: 'dotnet-gcdump report FILE' shows it; memsee reads no dump of .NET
  read a.gcdump
  ^
-e:1:1: 'a.memray' is a file of memray, which is not read: it records allocations, not objects; dump the objects: see 'memsee --print-dumper'
  read a.memray
  ^
-e:1:1: 'a.pickle' is a Python pickle, which is not read: dump the objects of the process: see 'memsee --print-dumper'
  read a.pickle
  ^
-e:1:1: 'a.pyheap' is a dump of pyheap, which is not read: dump the process with memsee's own dumper: see 'memsee --print-dumper'
  read a.pyheap
  ^
-e:1:1: 'a.tracemalloc' is a snapshot of tracemalloc, which is not read: it records allocations, not objects; dump the objects: see 'memsee --print-dumper'
  read a.tracemalloc
  ^
-e:1:1: 'erl_crash.dump' is an Erlang crash dump, which is not read: 'crashdump_viewer' shows it; memsee reads no dump of Erlang
  read erl_crash.dump
  ^
--- cmd
echo '{}' >lines
memsee -q -e 'read memray:lines'
--- stderr
-e:1:1: 'lines' is a file of memray, which is not read: it records allocations, not objects; dump the objects: see 'memsee --print-dumper'
  read memray:lines
  ^
--- status 3
--- cmd
printf '{"address": 1, "type": "int", "size": 28, "refs": []}\n' >lines
memsee -q -e 'read python:lines' 'select type, type_kind(type) from obj'
--- stdout
| type | type_kind(type) |
| ---- | --------------- |
| int  | number          |
