What a substitution puts into a paragraph cannot act as Markdown or HTML.
--- file r.memsee
let a select '<img src=x> **bold** [link](http://x) | `' || char(10) || '# title'
text Before $a after.
text Plain: $b
--- cmd
memsee -q -D b=plain r.memsee
memsee -q -D 'b=*plain*' -f text r.memsee
--- stdout
Before ``<img src=x> **bold** [link](http://x) | `\n# title`` after.

Plain: plain
Before ``<img src=x> **bold** [link](http://x) | `\n# title`` after.

Plain: `*plain*`
