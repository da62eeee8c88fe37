SQL can attach files, load code and change settings; with --safe it cannot.
--- file script.memsee
shell attach 'other.db' as other
!attach 'other.db' as other
select load_extension('x.so')
with x as (select 1) select fts3_tokenizer('simple')
with x as (select 1) insert into sqlite_master values (1, 2, 3, 4, 5)
select writefile('x', 'y')
select readfile('/etc/passwd')
select edit('x')
vacuum into 'x'
pragma writable_schema = on
attach 'x' as y
select 1 x; attach 'other.db' as other
select zeroblob(1000000000)
--- cmd
memsee -q -f csv --safe --keep-going script.memsee
ls
--- stdout
script.memsee
--- stderr
script.memsee:1:1: --safe forbids 'shell'
  shell attach 'other.db' as other
  ^
script.memsee:2:1: --safe forbids 'shell'
  !attach 'other.db' as other
  ^
script.memsee:3:8: SQL error: not authorized to use function: load_extension
  select load_extension('x.so')
         ^
script.memsee:4:29: SQL error: not authorized to use function: fts3_tokenizer
  with x as (select 1) select fts3_tokenizer('simple')
                              ^
script.memsee:5:1: SQL error: table sqlite_master may not be modified
  with x as (select 1) insert into sqlite_master values (1, 2, 3, 4, 5)
  ^
script.memsee:6:8: SQL error: no such function: writefile
  select writefile('x', 'y')
         ^
script.memsee:7:8: SQL error: no such function: readfile
  select readfile('/etc/passwd')
         ^
script.memsee:8:8: SQL error: no such function: edit
  select edit('x')
         ^
script.memsee:9:1: no command 'vacuum'; 'help' lists the commands
  vacuum into 'x'
  ^
script.memsee:10:1: no command 'pragma'; 'help' lists the commands
  pragma writable_schema = on
  ^
script.memsee:11:1: no command 'attach'; 'help' lists the commands
  attach 'x' as y
  ^
script.memsee:12:12: one statement a command: a second one begins here
  select 1 x; attach 'other.db' as other
             ^
script.memsee:13:1: SQL error: string or blob too big
  select zeroblob(1000000000)
  ^
