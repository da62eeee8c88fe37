Each option about running processes says what it wants, and a process that is none is named.
--- cmd
memsee --snap 12x; memsee --snap 1,; memsee --snap 0 -e stats; memsee --by gdb -e stats; memsee --when-rss 5 --snap 1 --when-rss 101%; memsee --when-rss 2Q --snap 1; memsee --every 10d --snap 1; memsee --count 2 --snap 1; memsee --every 10 -e stats; memsee --by copy --when-rss 5 -e stats; memsee --snap 1,2 -o x.json; memsee --snap 1 --every 1h --count 2 -o x.json; memsee --snap 1 -o a -o b; memsee --by debugger -e stats; memsee --by copy --inject 1 x.py
--- stderr
memsee: --snap takes the numbers of processes, as in 123 or 123,456, not '12x'
memsee: --snap takes the numbers of processes, as in 123 or 123,456, not '1,'
memsee: --snap takes the numbers of processes, as in 123 or 123,456, not '0'
memsee: --by takes fork, copy or debugger, not 'gdb'
memsee: --when-rss takes a size like 500M or 2G, or a share like 90%, not '101%'
memsee: --when-rss takes a size like 500M or 2G, or a share like 90%, not '2Q'
memsee: --every takes a time like 30s, 10m or 1h, not '10d'
memsee: --count needs --every, the time between dumps
memsee: --every is for --snap
memsee: --when-rss is for --snap
memsee: several processes need %p in the name of the output, not 'x.json'
memsee: several dumps of a process need %n in the name of the output, not 'x.json'
memsee: --snap without a script needs a single -o
memsee: --by debugger is for --inject
memsee: --by copy is for --snap, not for --inject
--- status 2
--- cmd
memsee --inject 0 x.py; memsee --inject x x.py; memsee --inject 4194305
--- stderr
memsee: --inject takes a process, not 0
memsee: --inject takes a number up to 2147483647, not 'x'
memsee: no script given; 'memsee --help' shows how
--- status 2
--- cmd
touch x.py; memsee --inject 4194305 y.py; memsee --inject 4194305 x.py; rm x.py
--- stderr
memsee: cannot read 'y.py': No such file or directory
memsee: there is no process 4194305
--- cmd
memsee --snap 4194305 -o x.json; memsee -e 'read pid:4194305'; memsee -e 'read pid:12x'; ls
--- stderr
memsee: there is no process 4194305
-e:1:1: there is no process 4194305
  read pid:4194305
  ^
-e:1:1: cannot read 'pid:12x': No such file or directory
  read pid:12x
  ^
