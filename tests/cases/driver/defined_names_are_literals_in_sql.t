-D gives a name for one run: a literal in SQL, the raw word elsewhere; it wins over `set`.
--- cmd
memsee -f csv -D who="O'Brien" -D n=3 -e 'select $who as who, $n + 1 as n' 'echo $who $n'
--- stdout
who,n
O'Brien,4
--- stderr
O'Brien 3
--- cmd
memsee -d keep.db -e 'set n 1' && memsee -d keep.db -f csv -D n=2 -e 'select $n as n' &&
    memsee -d keep.db -f csv -e 'select $n as n'
--- stdout
n
2
n
1
