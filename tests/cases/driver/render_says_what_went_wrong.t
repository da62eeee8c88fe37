A Graphviz that cannot be run, draws fewer pictures than there are graphs, or is not there at all is told; what was written without it stays.
--- unless valgrind
--- use tiny_py310.json
--- file few
#!/bin/sh
echo '<?xml version="1.0"?>'; echo '<svg/>'
--- file wrong
no program at all
--- cmd
mkdir few.d wrong.d none.d own
cp few few.d/dot; cp wrong wrong.d/dot; chmod +x few.d/dot wrong.d/dot
mkdir none.d/dot
M=$(command -v memsee)
PATH=$DIR/few.d:$PATH memsee -q --render -o few.dot owners tiny_py310.json 2>&1 | sed "s|$DIR|DIR|"
PATH=$DIR/wrong.d:$PATH memsee -q --render -o wrong.dot owners tiny_py310.json 2>&1 | sed "s|$DIR|DIR|"
PATH=::$DIR/none.d "$M" -q --render -o none.dot owners tiny_py310.json
PATH=$DIR/few.d:$PATH memsee -q --render -o -few.dot -e 'read tiny_py310.json' 'path from "0&" to "type = '"'str'"'"'
mkdir own/x.dot.svg
PATH=$DIR/few.d:$PATH memsee -q --render -o own/x.dot -e 'read tiny_py310.json' 'path from "0&" to "type = '"'str'"'"'
ls -d ./*.dot* ./-* own/*
--- stdout
memsee: 'DIR/few.d/dot' drew 1 of 2 graphs of 'few.dot'
memsee: cannot run 'DIR/wrong.d/dot': Exec format error
./-few.dot
./-few.dot
./-few.dot.svg
./-few.dot.svg
./few.dot
./few.dot.svg
./none.dot
./wrong.dot
own/x.dot
own/x.dot.svg
--- stderr
memsee: warning: --render: no 'dot' in $PATH, so it draws no DOT file; Graphviz has it
memsee: cannot write 'own/x.dot.svg': Is a directory
