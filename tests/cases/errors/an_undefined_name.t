`$name` without a value is an error, not an empty text.
--- use tiny_py310.json
--- cmd
memsee -q --keep-going -e 'read tiny_py310.json' 'select $nosuch' 'echo $nosuch' 'read $nosuch' 'path from "address = $nosuch" to "1"'
--- stderr
-e:1:8: no name $nosuch
  select $nosuch
         ^
-e:1:6: no name $nosuch
  echo $nosuch
       ^
-e:1:6: no name $nosuch
  read $nosuch
       ^
-e:1:22: no name $nosuch
  path from "address = $nosuch" to "1"
                       ^
--- status 2
