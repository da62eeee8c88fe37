A Markdown file shows every picture as SVG, those of plots and of paths, without Graphviz too;
a picture that Graphviz has drawn is shown in place of ours, and none twice.
--- unless valgrind
--- use tiny_py310.json
--- file good
#!/bin/sh
# Stands for Graphviz: one picture for each graph.
grep '^digraph' "$2" | while read -r line; do echo '<?xml version="1.0"?>'; echo "<svg>$line</svg>"; done
--- cmd
memsee=$(command -v memsee); mkdir bin none
PATH=$DIR/none $memsee -q --render -o why.md -D "what=type = 'LRUNode'" why tiny_py310.json
PATH=$DIR/none $memsee -q --render -o 'my report.md' owners tiny_py310.json
grep -h -e '!\[' -e mermaid *.md
ls *.pictures
cp good bin/dot && chmod +x bin/dot && rm -r *.md *.pictures
PATH=$DIR/bin:$PATH memsee -q --render -o two.md -o two.dot -o svg:mine/ owners tiny_py310.json
grep '!\[' two.md
ls mine
--- stdout
![The heap by package, module and name](my%20report.pictures/the-heap-by-package-module-and-name.svg)
![Owners as a tree of types](my%20report.pictures/owners-as-a-tree-of-types.svg)
![From the roots to the objects](why.pictures/from-the-roots-to-the-objects.svg)
my report.pictures:
owners-as-a-tree-of-types.svg
the-heap-by-package-module-and-name.svg

why.pictures:
from-the-roots-to-the-objects.svg
![The heap by package, module and name](mine/the-heap-by-package-module-and-name.svg)
![Owners as a tree of types](two.dot.svg)
![Objects by what they own](two.dot.2.svg)
the-heap-by-package-module-and-name.svg
--- stderr
memsee: warning: --render: no 'dot' in $PATH, so it draws no DOT file; Graphviz has it
memsee: warning: --render: no 'dot' in $PATH, so it draws no DOT file; Graphviz has it
