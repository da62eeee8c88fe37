A mistyped -D would be ignored in silence, so it is told; an option that was not needed is no mistake.
--- use tiny_py310.json
--- cmd
memsee -q summary -D tpo=3 -D nosuchthing=1 tiny_py310.json > report.md
--- stderr
memsee: warning: -D tpo: no command used $tpo; did you mean $top?
memsee: warning: -D nosuchthing: no command used $nosuchthing
--- cmd
memsee -q -D top=3 -D title=x -D title=y -e 'default top 10' 'echo $title'
--- stdout
y
--- cmd
memsee -q -D of=3 -e 'let off select 1' 'default top 10'
--- stderr
memsee: warning: -D of: no command used $of
--- cmd
memsee -q -D later=1 -e 'select nosuch' 'select $later'
--- stderr
-e:1:8: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  select nosuch
         ^
--- status 2
