What is asked for is no error.
--- cmd
memsee --version | sed 's/[0-9.]*$/N/'
memsee --help | head -n 2
memsee --help extra | head -n 1
--- stdout
memsee N
  memsee heap.json.gz                        what is probably leaking?
  memsee before.json.gz after.json.gz        does anything leak between them?
  memsee heap.json.gz                        what is probably leaking?
