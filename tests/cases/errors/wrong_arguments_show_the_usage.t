A command with too few or too many arguments says how it is used.
--- cmd
memsee --keep-going -e 'create' 'create a b' 'read' 'gen 1 2' \
    'import' 'include' 'title' 'gen x' 'gen 7'
--- stderr
-e:1:1: usage: create DATABASE
  create
  ^
-e:1:1: usage: create DATABASE
  create a b
  ^
-e:1:1: no dump: name one, or a database that holds one with -d
  read
  ^
-e:1:1: usage: gen [N|none]
  gen 1 2
  ^
-e:1:1: usage: import FILE.csv [as TABLE]
  import
  ^
-e:1:1: usage: include SCRIPT [ARG]…
  include
  ^
-e:1:1: usage: title TEXT
  title
  ^
-e:1:5: not an integer: 'x'
  gen x
      ^
-e:1:5: no generation '7'
  gen 7
      ^
--- status 2
