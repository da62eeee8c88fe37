A flame graph comes from the same run as the report; without being asked for there is no file.
--- use tiny_py310.json
--- cmd
memsee -q owners tiny_py310.json > owners.md
memsee -q --safe --writable stacks.txt -D folded=stacks.txt owners tiny_py310.json | cmp - owners.md
ls
sort -t ' ' -k 2nr stacks.txt | head -n 3
--- stdout
owners.md
stacks.txt
tiny_py310.json
dict;Registry;list;dict;UploadHandler;dict;bytes 8232
dict;list;type 1808
dict;dict;dict 1392
