Each of these killed the original with a traceback.
--- use tiny_py310.json
--- cmd
memsee -q --keep-going -e 'kids 1' stats 'create x.db' 'create x.db' stats 'open nonexistent_dir/x.db' 'open tiny_py310.json' 'read /nonexistent.json' 'read tiny_py310.json' 'kids abc' 'info 99999999999999999999999' 'parents 99999999999999999999999' 'select 1; select 2' 'path from "type = to' 'set x #9.0' 'kids #9.0' 'width type -1' 'gen none' stats gc 'kids 1' 'parents 1'
--- stderr
-e:1:1: no dump has been read yet; 'read DUMP' loads one
  kids 1
  ^
-e:1:1: no dump has been read yet; 'read DUMP' loads one
  stats
  ^
-e:1:1: database 'x.db' exists already; 'open' connects to it
  create x.db
  ^
-e:1:1: no dump has been read yet; 'read DUMP' loads one
  stats
  ^
-e:1:1: no database 'nonexistent_dir/x.db'; 'create' makes one
  open nonexistent_dir/x.db
  ^
-e:1:1: 'tiny_py310.json' is not a database
  open tiny_py310.json
  ^
-e:1:1: cannot read '/nonexistent.json': No such file or directory
  read /nonexistent.json
  ^
-e:1:6: not an integer: 'abc'
  kids abc
       ^
-e:1:6: not an integer of 64 bits: '99999999999999999999999'
  info 99999999999999999999999
       ^
-e:1:9: not an integer of 64 bits: '99999999999999999999999'
  parents 99999999999999999999999
          ^
-e:1:10: one statement a command: a second one begins here
  select 1; select 2
           ^
-e:1:11: the quote " is not closed
  path from "type = to
            ^
-e:1:7: no result #9: no command has yielded one yet
  set x #9.0
        ^
-e:1:6: no result #9: no command has yielded one yet
  kids #9.0
       ^
-e:1:12: no width: '-1'
  width type -1
             ^
-e:1:1: no generation is current; 'gen N' chooses one
  stats
  ^
-e:1:1: no generation is current; 'gen N' chooses one
  gc
  ^
-e:1:1: no generation is current; 'gen N' chooses one
  kids 1
  ^
-e:1:1: no generation is current; 'gen N' chooses one
  parents 1
  ^
--- status 3
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' "select 'é' x" 'path from "type = '"'é'"'" to "1"' 'path from "address = 1" to "1"'
--- stdout
x
é

address,type,name,value,size,len,mark,repr

address,type,name,value,size,len,mark,repr
