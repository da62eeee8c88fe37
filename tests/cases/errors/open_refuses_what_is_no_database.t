A missing file, a text and a database of something else are three different mistakes.
--- needs sqlite3
--- file text
no database
--- cmd
memsee -e 'open missing.db'
--- stderr
-e:1:1: no database 'missing.db'; 'create' makes one
  open missing.db
  ^
--- status 3
--- cmd
ls
--- stdout
text
--- cmd
memsee -e 'open text'
--- stderr
-e:1:1: 'text' is not a database
  open text
  ^
--- status 3
--- cmd
sqlite3 other.db 'create table t (a)'; memsee -e 'open other.db'
--- stderr
-e:1:1: 'other.db' is not a memsee database: it has no tables 'gen' and 'env'
  open other.db
  ^
--- status 3
--- cmd
mkdir folder; memsee -e 'open folder'
--- stderr
-e:1:1: 'folder' is not a database
  open folder
  ^
--- status 3
