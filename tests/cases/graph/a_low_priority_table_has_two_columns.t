A table of that name that says something else is told as such, not as an error at the condition.
--- use tiny_py27.json
--- cmd
memsee -q -f csv -e 'read tiny_py27.json' 'shell create table low_priority (types)' "paths to \"type = 'Registry'\""
--- stderr
-e:1:1: table low_priority must have the columns parent and child
  paths to "type = 'Registry'"
  ^
--- status 2
