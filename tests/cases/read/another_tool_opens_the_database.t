The file is an ordinary SQLite database that passes SQLite's own check and takes writes.
--- needs sqlite3
--- use leaky_py27_0.json.gz
--- cmd
memsee -q -d heap.db -e 'read leaky_py27_0.json.gz' &&
sqlite3 heap.db 'pragma integrity_check' '.schema obj' '.schema ref' 'select * from gen' \
    "insert into obj (address, type) values (1, 'mine')" 'select count(*) from obj' 'pragma integrity_check'
--- stdout
ok
CREATE TABLE obj (address integer primary key, type text, name text, value text, size int, len int, mark int, repr text);
CREATE TABLE ref (parent int, child int);
CREATE INDEX parent1 on ref (parent);
CREATE INDEX child1 on ref (child);
1|1
19877
ok
