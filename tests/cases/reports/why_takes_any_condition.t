What is asked for is a condition, not a text, and the first lines tell how many it holds for.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -D what="type = 'UploadHandler' and size > 0" why leaky_py310_2.json.gz > why.md
sed -n 11p why.md
grep -c '^| .*220 | .*UploadHandler' why.md
--- stdout
**Paths that hold them**
1
