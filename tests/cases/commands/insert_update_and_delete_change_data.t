They say how many rows, and the change stays in the database.
--- use tiny_py310.json
--- cmd
memsee -q -d heap.db -e 'read tiny_py310.json'
memsee -d heap.db -e "insert into obj (address, type) values (1, 'mine'), (2, 'mine')" \
    "update obj set size = 5 where type = 'mine'" "delete from obj where address = 2"
memsee -d heap.db -f csv -e "select address, size from obj where type = 'mine'"
--- stdout
address,size
1,5
--- stderr
2 rows inserted
2 rows updated
1 row deleted
