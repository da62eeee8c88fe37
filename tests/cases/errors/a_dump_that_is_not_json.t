A file of another kind is refused, and the database keeps what it had.
--- use hazard_astral_py310.json
--- file text.txt
This is no heap dump.
Neither is this.
--- cmd
memsee -d heap.db -e 'read text.txt'
--- stderr
-e:1:1: 'text.txt' is not a dump that can be read: 2 bad lines, 0 objects; line 1, column 1: invalid char in json text
  read text.txt
  ^
--- status 3
--- cmd
memsee -d heap.db -e 'read hazard_astral_py310.json'
--- stderr
-e:1:1: 'hazard_astral_py310.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1100: invalid (non-hex) character occurs after '\u' inside string
  read hazard_astral_py310.json
  ^
--- status 3
--- cmd
: >empty; memsee -d heap.db -e 'read empty'
--- stderr
-e:1:1: 'empty' is empty
  read empty
  ^
--- status 3
--- cmd
gzip -c text.txt | head -c 30 >cut.gz; memsee -d heap.db -e 'read cut.gz'
--- stderr
-e:1:1: 'cut.gz' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid char in json text
  read cut.gz
  ^
--- status 3
--- cmd
memsee -d heap.db -e 'gen'
--- stdout
0 generations, current is -none-
