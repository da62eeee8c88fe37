Its arguments are its own, and its results are numbered on.
--- file outer.memsee
select 1 as address
include sub/inner.memsee two #0.0
select $1 as mine
echo #1.0
--- file sub/inner.memsee
select $1 as a, $2 as address
--- cmd
memsee -f csv outer.memsee mine
--- stdout
address
1

a,address
two,1

mine
mine
--- stderr
1
