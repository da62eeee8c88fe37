A database holds what the dump holds, so nobody else may read it, nor its backup, nor a private one.
--- use tiny_py310.json as d.json
--- cmd
umask 022
memsee -q -d x.db -e 'read d.json' 'backup'
memsee -q -e 'create y.db' 'read d.json'
(umask 0277; memsee -q -d z.db -e 'select 1' >/dev/null)
stat -c '%a %n' x.db x.db.bak y.db z.db
memsee -q -d :memory: -f csv -e 'read d.json' 'select count(*) as n from obj' '!create table t(a)' '!insert into t values (1)'
memsee -q -e 'create :memory:' 'read d.json' 'backup'
ls
--- stdout
600 x.db
600 x.db.bak
600 y.db
400 z.db
n
213
d.json
x.db
x.db.bak
y.db
z.db
--- stderr
-e:1:1: the database is private to this run: nothing to back up; 'create' makes one that stays
  backup
  ^
