A script that fails leaves the report of the day before as it was, and nothing beside it.
--- file report.md
yesterday
--- cmd
memsee -o report.md -o new.csv -e 'select 1 as a' 'select nonsense'
--- stderr
-e:1:8: SQL error: no such column: nonsense; text takes single quotes: 'nonsense'
  select nonsense
         ^
--- want report.md
yesterday
--- status 2
--- cmd
ls
--- stdout
report.md
