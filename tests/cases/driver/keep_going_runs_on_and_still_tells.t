With --keep-going the later commands run, and the status is that of the failure.
--- cmd
memsee --keep-going -f csv -e 'select nonsense' 'select 1 as a' 'read missing.json'
--- stdout
a
1
--- stderr
-e:1:8: SQL error: no such column: nonsense; text takes single quotes: 'nonsense'
  select nonsense
         ^
-e:1:1: cannot read 'missing.json': No such file or directory
  read missing.json
  ^
--- status 3
