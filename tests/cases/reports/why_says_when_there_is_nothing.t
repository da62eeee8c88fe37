A condition that no object fulfils leaves the sections out and says so, instead of tables without rows.
--- use tiny_py310.json
--- cmd
memsee -q -D "what=size = 12345678" why tiny_py310.json > why.md; grep -c 'No rows' why.md; grep 'No root' why.md
--- stdout
0
No root leads to such an object: there is none, or it is garbage.
