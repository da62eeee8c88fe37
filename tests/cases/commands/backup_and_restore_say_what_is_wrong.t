A backup is made once, whole or not at all, and never over a file that is there.
--- use tiny_py310.json
--- cmd
memsee -q -e 'backup'; memsee -q -e 'restore'
memsee -q -d x.db -e 'restore'
memsee -q -d x.db -e 'read tiny_py310.json' 'backup' 'backup'
memsee -q -d x.db -f csv -e 'delete from obj' 'select count(*) from obj' 'restore' 'select count(*) from obj'
printf 'no database, though it is long enough to look like one' >x.db.bak
memsee -q -d x.db -f csv -e 'restore'; memsee -q -d x.db -f csv -e 'select count(*) from obj'
rm x.db.bak; memsee -q -d other.db -e 'set a 1' '!drop table gen'; mv other.db x.db.bak
memsee -q -d x.db -f csv -e 'restore'; memsee -q -d x.db -f csv -e 'select count(*) from obj'
rm x.db.bak; mkdir x.db.bak; memsee -q -d x.db -f csv -e 'restore'; rmdir x.db.bak
ln -s nowhere x.db.bak
memsee -q -d x.db -e 'backup'; ls
--- stdout
count(*)
0

count(*)
213
count(*)
213
count(*)
213
tiny_py310.json
x.db
x.db.bak
--- stderr
-e:1:1: the database is private to this run: nothing to back up; 'create' makes one that stays
  backup
  ^
-e:1:1: no backup of 'this run's private database'; 'backup' makes one
  restore
  ^
-e:1:1: no backup of 'x.db'; 'backup' makes one
  restore
  ^
-e:1:1: 'x.db' is backed up already in 'x.db.bak'; 'restore' goes back to it
  backup
  ^
-e:1:1: 'x.db.bak' is not a database
  restore
  ^
-e:1:1: 'x.db.bak' is not a memsee database: it has no tables 'gen' and 'env'
  restore
  ^
-e:1:1: 'x.db.bak' is not a database
  restore
  ^
-e:1:1: 'x.db' is backed up already in 'x.db.bak'; 'restore' goes back to it
  backup
  ^
