`$name` without a value is an error, not an empty text.
--- use tiny_py310.json
--- cmd
memsee -q --keep-going -e 'read tiny_py310.json' 'select $nosuch' 'echo $nosuch' 'read $nosuch' 'path from "address = $nosuch" to "1"'
--- stderr
-e:1:8: no name $nosuch; -D nosuch=VALUE gives it one
  select $nosuch
         ^
-e:1:6: no name $nosuch; -D nosuch=VALUE gives it one
  echo $nosuch
       ^
-e:1:6: no name $nosuch; -D nosuch=VALUE gives it one
  read $nosuch
       ^
-e:1:22: no name $nosuch; -D nosuch=VALUE gives it one
  path from "address = $nosuch" to "1"
                       ^
--- status 2
