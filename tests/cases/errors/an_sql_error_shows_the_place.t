SQLite's message with the column that it means, in the user's own line.
--- use tiny_py310.json
--- file bad.memsee
read tiny_py310.json
select address
    from obj
    where nosuch = 1
--- cmd
memsee -q bad.memsee
--- stderr
bad.memsee:4:11: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
      where nosuch = 1
            ^
--- status 2
--- cmd
memsee --keep-going -e 'select' 'select (1' 'select 1 from' "select 'open" 'select 1; select 2' 'select nosuch(1)'
--- stderr
-e:1:1: SQL error: incomplete input
  select
  ^
-e:1:1: SQL error: incomplete input
  select (1
  ^
-e:1:1: SQL error: incomplete input
  select 1 from
  ^
-e:1:8: SQL error: unrecognized token: "'open"
  select 'open
         ^
-e:1:10: one statement a command: a second one begins here
  select 1; select 2
           ^
-e:1:8: SQL error: no such function: nosuch
  select nosuch(1)
         ^
--- status 2
