What the command line names to be read is not there to be written: only -o, -d and --writable say that.
--- use tiny_py310.json as d.json
--- file evil.memsee
read $1
folded $1
output markdown:$1
output $2
folded $ref
open $3
expect empty select 'a' as signature known $2
--- file ref.csv
signature,count
b,1
--- cmd
cp d.json kept.json; cp ref.csv kept.csv
memsee -q -d x.db -e 'read d.json'; cp x.db kept.db
memsee -q --safe --keep-going --update-baseline -D ref=ref.csv evil.memsee d.json ref.csv x.db
cmp d.json kept.json; cmp ref.csv kept.csv; cmp x.db kept.db
memsee -q --safe --writable out.txt -D to=out.txt -d x.db -e 'folded $to'
head -n 1 out.txt
--- stdout
dict 360
--- stderr
evil.memsee:2:1: --safe: 'folded' may read 'd.json', not write it; --writable allows it
  folded $1
  ^
evil.memsee:3:1: --safe: 'output' of a file that is not on the command line: 'markdown:d.json'
  output markdown:$1
  ^
evil.memsee:4:1: --safe: 'output' may read 'ref.csv', not write it; --writable allows it
  output $2
  ^
evil.memsee:5:1: --safe: 'folded' may read 'ref.csv', not write it; --writable allows it
  folded $ref
  ^
evil.memsee:6:1: --safe: 'open' may read 'x.db', not write it; --writable allows it
  open $3
  ^
evil.memsee:7:1: --safe: 'known' may read 'ref.csv', not write it; --writable allows it
  expect empty select 'a' as signature known $2
  ^
