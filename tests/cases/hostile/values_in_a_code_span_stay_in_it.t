What a substitution puts into a code span of the text stays in it, however it is spelt; backticks that open no span change nothing.
--- file r.memsee
text Run `tool --in=$a/x --out=$a/y` now: $a.
text Twice: ``tool ` $a`` and `tool
  $a $a` end.
text An escaped \` before $a; a stray ` before $a.
--- cmd
memsee -q -D a=plain r.memsee
memsee -q -D 'a=/t_m/_x' r.memsee
memsee -q -D 'a=# `<img src=x> `` *b*' r.memsee
--- stdout
Run `tool --in=plain/x --out=plain/y` now: plain.

Twice: ``tool ` plain`` and `tool plain plain` end.

An escaped \` before plain; a stray ` before plain.
Run `tool --in=/t_m/_x/x --out=/t_m/_x/y` now: `/t_m/_x`.

Twice: ``tool ` /t_m/_x`` and `tool /t_m/_x /t_m/_x` end.

An escaped \` before `/t_m/_x`; a stray ` before `/t_m/_x`.
Run `tool --in=# \x60<img src=x> \x60\x60 *b*/x --out=# \x60<img src=x> \x60\x60 *b*/y` now: ```# `<img src=x> `` *b*```.

Twice: ``tool ` # \x60<img src=x> \x60\x60 *b*`` and `tool # \x60<img src=x> \x60\x60 *b* # \x60<img src=x> \x60\x60 *b*` end.

An escaped \` before ```# `<img src=x> `` *b*```; a stray ` before ```# `<img src=x> `` *b*```.
