`create` never touches what is there.
--- file heap.db
precious
--- cmd
memsee -e 'create heap.db'
--- stderr
-e:1:1: database 'heap.db' exists already; 'open' connects to it
  create heap.db
  ^
--- want heap.db
precious
--- status 3
--- cmd
memsee -e 'create no/such/folder/heap.db'
--- stderr
-e:1:1: cannot make database 'no/such/folder/heap.db': No such file or directory
  create no/such/folder/heap.db
  ^
--- status 3
