Pictures appear beside the DOT file, whole or not at all, and the document shows them; a missing or failing Graphviz is told.
--- use tiny_py310.json
--- file good
#!/bin/sh
# Stands for Graphviz: one picture for each graph.
grep '^digraph' "$2" | while read -r line; do echo '<?xml version="1.0"?>'; echo "<svg>$line</svg>"; done
--- file bad
#!/bin/sh
echo '<?xml version="1.0"?>'; echo broken >&2; exit 1
--- cmd
mkdir a b 'my reports'
cp good a/dot && cp bad b/dot && chmod +x a/dot b/dot
PATH=$DIR/a:$PATH memsee -q --render -o out.md -o out.dot -o 'my reports/x.md' -o dot:folder/ owners tiny_py310.json
grep '!\[' out.md
grep '!\[' 'my reports/x.md' | sed "s|$DIR|DIR|"
grep -c mermaid out.md
head out.dot.svg out.dot.2.svg
ls folder
PATH=$DIR/a:$PATH memsee -q --render -o 'my reports/y z.md' -o 'my reports/y z.dot' owners tiny_py310.json
grep '!\[' 'my reports/y z.md'
--- stdout
![The heap by package, module and name](out.pictures/the-heap-by-package-module-and-name.svg)
![Owners as a tree of types](out.dot.svg)
![Objects by what they own](out.dot.2.svg)
![The heap by package, module and name](DIR/out.pictures/the-heap-by-package-module-and-name.svg)
![Owners as a tree of types](DIR/out.dot.svg)
![Objects by what they own](DIR/out.dot.2.svg)
0
==> out.dot.svg <==
<?xml version="1.0"?>
<svg>digraph result_1 {</svg>

==> out.dot.2.svg <==
<?xml version="1.0"?>
<svg>digraph result_2 {</svg>
objects-by-what-they-own.dot
objects-by-what-they-own.dot.svg
owners-as-a-tree-of-types.dot
owners-as-a-tree-of-types.dot.svg
![The heap by package, module and name]($DIR/my%20reports/y%20z.pictures/the-heap-by-package-module-and-name.svg)
![Owners as a tree of types](y%20z.dot.svg)
![Objects by what they own](y%20z.dot.2.svg)
--- cmd
PATH=$DIR/b:$PATH memsee -q --render -o bad.md -o bad.dot owners tiny_py310.json 2>&1 | sed "s|$DIR|DIR|"
ls bad*
memsee -q --safe --render owners tiny_py310.json
--- stdout
memsee: 'DIR/b/dot' could not draw 'bad.dot'
bad
bad.dot
bad.md

bad.pictures:
the-heap-by-package-module-and-name.svg
--- stderr
memsee: --safe forbids --render: Graphviz obeys none of its limits
--- status 2
