What writes files of its own obeys the same rule as every output.
--- use tiny_py310.json
--- file evil.memsee
read $1
export graphml elsewhere.graphml
export neo4j elsewhere
folded elsewhere.txt
--- cmd
memsee -q --safe --keep-going evil.memsee tiny_py310.json
ls
memsee -q --safe --writable here.graphml -f csv -D to=here.graphml graphml tiny_py310.json
memsee -q --safe --writable here.graphml --max-rows 10 -D to=here.graphml graphml tiny_py310.json 2>&1 >/dev/null | head -n 1 | sed "s/.*1: //"
--- stdout
evil.memsee
tiny_py310.json
file,objects,references,bytes
here.graphml,213,311,69515
memsee graphml: more than 10 objects; --max-rows allows more
--- stderr
evil.memsee:2:1: --safe: 'export' of a file that is not on the command line: 'elsewhere.graphml'
  export graphml elsewhere.graphml
  ^
evil.memsee:3:1: --safe: 'export' of a file that is not on the command line: 'elsewhere'
  export neo4j elsewhere
  ^
evil.memsee:4:1: --safe: 'folded' of a file that is not on the command line: 'elsewhere.txt'
  folded elsewhere.txt
  ^
