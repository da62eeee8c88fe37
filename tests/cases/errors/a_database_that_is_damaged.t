A database whose pages are rubbish is told, not believed.
--- use tiny_py310.json
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
head -c 20000 heap.db >cut.db
memsee -q -d cut.db -e 'select count(*) from ref'
--- stderr
memsee: database 'cut.db': database disk image is malformed
--- status 3
