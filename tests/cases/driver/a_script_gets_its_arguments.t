In SQL an argument is a literal, quoted as one; in a command's words it is the raw word.
--- file args.memsee
echo first $1, second $2, all $@
select $1 as a, $2 as b, '$1' as text
select $1 in ($@) as member
--- cmd
memsee args.memsee one "it's"
--- stdout
first one, second it's, all one it's

| a   | b    | text |
| --- | ---- | ---- |
| one | it's | `$1` |

| member |
| -----: |
|      1 |
--- cmd
memsee -f csv args.memsee 12 -0.5
--- stdout
a,b,text
12,-0.5,$1

member
1
--- stderr
first 12, second -0.5, all 12 -0.5
