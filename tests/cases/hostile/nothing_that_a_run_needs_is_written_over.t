A report that is told to go where the run's own files are is refused and they stay as they were.
--- use tiny_py310.json as d.json
--- file s.memsee
read d.json
select count(*) from obj
--- file t.csv
a
1
--- cmd
cp d.json kept.json; cp s.memsee kept.memsee
memsee -q -d x.db -e 'read d.json'; cp x.db kept.db
memsee -q -d x.db -e 'folded x.db'
memsee -q -d x.db -e 'export graphml x.db'
memsee -q -d x.db --junit x.db -e 'expect 1 = 1'
memsee -q -d x.db -e 'folded x.db-journal'
mkdir out; ln x.db out/all.csv
memsee -q -d x.db -o out/ -e 'caption all' 'select 1'
cmp x.db kept.db && cmp x.db out/all.csv
memsee -q -o json:d.json -e 'read d.json' 'select 1'
memsee -q --keep-going -o json:d.json -e 'read d.json' 'select 1'
memsee -q -o markdown:d.json -e 'read -' 'select 1' < d.json
cmp d.json kept.json
memsee -q -o markdown:s.memsee s.memsee
cmp s.memsee kept.memsee
memsee -q -e 'import t.csv' 'output t.csv' 'select 1'
memsee -q -e 'folded f.txt' 2>/dev/null; memsee -q -d x.db -e 'folded f.txt' 'output markdown:f.txt' 'select 1'
memsee -q -o - -o r.md -e 'select 1' > r.md
ls
--- stdout
d.json
f.txt
kept.db
kept.json
kept.memsee
out
r.md
s.memsee
t.csv
x.db
--- stderr
-e:1:1: 'x.db' would write over the database
  folded x.db
  ^
-e:1:1: 'x.db' would write over the database
  export graphml x.db
  ^
memsee: 'x.db' would write over the database
-e:1:1: 'x.db-journal' would write over the journal of the database
  folded x.db-journal
  ^
-e:1:1: 'out/all.csv' would write over the database
  select 1
  ^
-e:1:1: 'd.json' would write over a dump of this run
  read d.json
  ^
-e:1:1: 'd.json' would write over a dump of this run
  read d.json
  ^
memsee: 'd.json' would write over a dump of this run
-e:1:1: 'd.json' would write over a dump of this run
  read -
  ^
memsee: 's.memsee' would write over a script of this run
-e:1:1: 't.csv' would write over a table of this run
  output t.csv
  ^
-e:1:1: 'f.txt' and 'f.txt' would write to the same place
  output markdown:f.txt
  ^
memsee: 'standard output' and 'r.md' would write to the same place
