The article's first query, as typed, prompt included.
--- use leaky_py27_1.json.gz
--- file article.memsee
::> read leaky_py27_1.json.gz
::> select * from obj where type = 'dict' limit 10
--- cmd
memsee -q -f text article.memsee | head -n 2
memsee -q -f csv article.memsee | wc -l
--- stdout
#                 address type                 name                 value                                                              size        len mark       repr      
-------- ---------------- -------------------- -------------------- ------------------------------------------------------------ ---------- ---------- ---------- ----------
11
