An option that is a number unless -D says otherwise takes no text: in SQL that is more than any number.
--- use tiny_py310.json
--- cmd
memsee -q -D top=abc suspects tiny_py310.json 2>&1 >report.md | sed 's/.*: \$/$/;1q'
--- stdout
$top must be a number, not 'abc'
--- cmd
memsee --keep-going -D a=x -D b=2.5 -D c= -D d=x -D e=x -D f=0x10 -e 'default a 1' 'default b 1' 'default c 1' \
    'default d "1"' 'default e x' 'default f 1' 'echo $a $b $d $e'
--- stdout
x 2.5 x x
--- stderr
-e:1:9: $a must be a number, not 'x'
  default a 1
          ^
-e:1:9: $c must be a number, not ''
  default c 1
          ^
-e:1:9: $f must be a number, not '0x10'
  default f 1
          ^
--- status 2
--- cmd
memsee -q -D n=2.5 -e 'default n 1' 'select 1 limit $n'
--- stderr
-e:1:1: SQL error: datatype mismatch; LIMIT, OFFSET and a rowid must be whole numbers
  select 1 limit $n
  ^
--- status 2
