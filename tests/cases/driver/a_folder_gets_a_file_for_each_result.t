DIR/ keeps results apart, named by their captions.
--- cmd
memsee -o out/ -o json:more/ -e 'caption First one' 'select 1 as a' 'select 2 as b'
ls out more
cat out/*
--- stdout
more:
first-one.json
result-1.json

out:
first-one.csv
result-1.csv
a
1
b
2
