Endless inclusion is an error, not a crash.
--- file loop.memsee
include loop.memsee
--- cmd
memsee loop.memsee 2>err; echo $?; grep -c . err; head -n 1 err
--- stdout
2
3
loop.memsee:1:1: scripts include each other more than 64 deep
