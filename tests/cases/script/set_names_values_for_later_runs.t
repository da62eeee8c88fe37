What `set` names is kept in the database; alone it lists the names.
--- cmd
memsee -d names.db -e 'set big 1000' 'set text hello world' 'set five (select 2 + 3)' 'echo $big $text $five'
memsee -d names.db -f csv -e 'set' 'select $big + 1 as n'
--- stdout
1000 hello world (select 2 + 3)
name,value
big,1000
five,(select 2 + 3)
text,hello world

n
1001
