What somebody does wrong in the first minutes gets one line that says what to do, in the words of the command line.
--- use tiny_py310.json as heap.json
--- use leaky_py310_0.json.gz as a.json.gz
--- use leaky_py310_1.json.gz as b.json.gz
--- cmd
echo hello >notes.txt; printf '\211PNG\r\n\032\n' >pic.png; mkdir folder; : >empty.json; echo keep >kept.md
try() { echo "\$ $*"; memsee -q "$@" 2>&1 >/dev/null | head -n 1; }
try nosuch.json
try suspcts heap.json
try suspects nosuch.json
try suspects folder
try suspects notes.txt
try suspects pic.png
try suspects empty.json
try suspects
try heap.json suspects
try leak-check a.json.gz
try diff a.json.gz
try trend a.json.gz
try leak-check a.json.gz a.json.gz
try why heap.json
try why -D "what=type = Session" b.json.gz
try types b.json.gz
try --fromat csv heap.json
try -f htlm heap.json
try -o out.pdf heap.json
try -o nodir/out.html heap.json
try -o folder heap.json
try -D tpo=3 suspects heap.json
try suspects heap.json --top 3
try -e 'read heap.json' 'select adress from obj'
try -e 'read heap.json' 'select * from objs'
try -e 'selct 1'
try -e read heap.json
try -e 'read heap.json' 'plot bar'
try -e
try empty.json
try pic.png
printf '\3757zXZ\0' >heap.json.xz; try heap.json.xz
gzip -c heap.json | head -c 15 >cut.json.gz; try cut.json.gz
memsee -q -d heap.db -e 'read heap.json'; try heap.db
try types -D type=UploadHandlr b.json.gz
try why -D "what=type = 'UploadHandlr'" b.json.gz
mkdir 'my dumps'; cp heap.json "my dumps/Müller's.json"; memsee -q owners "my dumps/Müller's.json" | grep -o '^Next: .* for what'
PATH= "$(command -v memsee)" -q --render -o dot:out.dot suspects heap.json 2>&1 | grep Graphviz
memsee -q summary b.json.gz | head -n 1
env --default-signal=INT memsee -o sum.md -e 'read heap.json' 'with recursive n(x) as (values(1) union all select x + 1 from n) select count(*) from n' 2>int.txt & pid=$!
until test -s int.txt; do sleep 0.1; done; kill -INT $pid; wait $pid; echo "after Ctrl-C: $?"; grep interrupted int.txt; ls sum.md 2>&1 | grep -c 'No such'
--- stdout
$ nosuch.json
memsee: no script and no report 'nosuch.json'; --list-reports shows the reports
$ suspcts heap.json
memsee: no script and no report 'suspcts'; did you mean 'suspects'?
$ suspects nosuch.json
memsee suspects: cannot read 'nosuch.json': No such file or directory
$ suspects folder
memsee suspects: cannot read 'folder': it is a folder, not a dump
$ suspects notes.txt
memsee suspects: 'notes.txt' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid char in json text
$ suspects pic.png
memsee suspects: 'pic.png' is not a dump that can be read: 2 bad lines, 0 objects; line 1, column 1: invalid char in json text
$ suspects empty.json
memsee suspects: 'empty.json' is empty
$ suspects
memsee suspects: no dump: name one, or a database that holds one with -d
$ heap.json suspects
memsee: the report comes first: memsee suspects heap.json
$ leak-check a.json.gz
memsee leak-check: a comparison takes two dumps at least, and there is only one; name another
$ diff a.json.gz
memsee diff: a comparison takes two dumps at least, and there is only one; name another
$ trend a.json.gz
memsee trend: a comparison takes two dumps at least, and there is only one; name another
$ leak-check a.json.gz a.json.gz
memsee leak-check: generations 1 and 2 are the same dump ('a.json', 'a.json'); a comparison takes dumps made one after the other
$ why heap.json
memsee why: no name $what; -D what=VALUE gives it one
$ why -D what=type = Session b.json.gz
memsee why: SQL error: no such column: Session; text takes single quotes: 'Session'
$ types b.json.gz
memsee types: no name $type; -D type=VALUE gives it one
$ --fromat csv heap.json
memsee: no option '--fromat'; did you mean '--format'?
$ -f htlm heap.json
memsee: no format 'htlm'; did you mean 'html'?
$ -o out.pdf heap.json
memsee: no format has the extension of 'out.pdf'; write FORMAT:out.pdf with one of markdown, csv, dot, text, json, html, svg
$ -o nodir/out.html heap.json
memsee: cannot write 'nodir/out.html': No such file or directory
$ -o folder heap.json
memsee: 'folder' is a folder; 'folder/' gets one file per result
$ -D tpo=3 suspects heap.json
memsee: warning: -D tpo: no command used $tpo; did you mean $top?
$ suspects heap.json --top 3
memsee: no option '--top'; 'memsee --help' lists them
$ -e read heap.json select adress from obj
-e:1:8: SQL error: no such column: adress; did you mean 'address'?
$ -e read heap.json select * from objs
-e:1:1: SQL error: no such table: objs; did you mean 'obj'?
$ -e selct 1
-e:1:1: no command 'selct'; did you mean 'select'?
$ -e read heap.json
-e:1:1: no dump: name one, or a database that holds one with -d
$ -e read heap.json plot bar
-e:1:6: no plot 'bar'; did you mean 'bars'?
$ -e
memsee: -e needs commands; 'memsee --help' shows how
$ empty.json
memsee: 'empty.json' is empty: it is neither a dump nor a script
$ pic.png
memsee: 'pic.png' is neither a dump that memsee knows nor a script, which is text
$ heap.json.xz
memsee: 'heap.json.xz' is packed by xz: unpack it first, or pack it by gzip or zstd
$ cut.json.gz
memsee: 'cut.json.gz': the gzip data breaks off before anything of it could be read
$ heap.db
memsee: 'heap.db' is a database, not a dump; -d or 'open' connects to it
$ types -D type=UploadHandlr b.json.gz
memsee types: no object of type UploadHandlr; did you mean UploadHandler?
$ why -D what=type = 'UploadHandlr' b.json.gz
memsee why: no object of type UploadHandlr; did you mean UploadHandler?
Next: `memsee why -D what="address = 139768350297152" 'my dumps/Müller'\''s.json'` for what
memsee: warning: --render: no 'dot' in $PATH, so it draws no DOT file; Graphviz has it
# What is in this heap
after Ctrl-C: 3
-e:1:1: interrupted
1
