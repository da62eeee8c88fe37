DOT shows paths and objects; other results are named where they are missing.
--- needs dot
--- cmd
memsee -f dot -e 'caption Numbers' 'select 1 as a' | dot -Tsvg >/dev/null; echo $?
--- stdout
0
--- stderr
- leaves out result #0: nothing in it can be drawn: it has no address column
--- cmd
memsee -f dot -e 'select 1 as a' | grep -c 'nothing to draw'
--- stdout
1
--- stderr
- leaves out result #0: nothing in it can be drawn: it has no address column
