A process that died while writing leaves a torn line: a warning, and an error with --strict.
--- use aborted_py310.json.gz
--- cmd
memsee -q -f csv -e 'read aborted_py310.json.gz' \
    'select count(*) as objects, sum(size) as bytes from obj where address <> 0' \
    'select count(*) as refs from ref where parent <> 0'
--- stdout
objects,bytes
57944,8326204

refs
129943
--- stderr
memsee: warning: aborted_py310.json.gz:57945:114: the object breaks off
memsee: warning: aborted_py310.json.gz: 1 of 57945 lines skipped
memsee: warning: aborted_py310.json.gz: the last line breaks off
--- cmd
memsee -q --strict -d heap.db -e 'read aborted_py310.json.gz'
--- stderr
-e:1:1: aborted_py310.json.gz:57945:114: the object breaks off
  read aborted_py310.json.gz
  ^
--- status 3
--- cmd
sqlite3 heap.db .tables 2>&1
--- stdout
env  gen
