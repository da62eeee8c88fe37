A type that no object has and a condition that none fulfils leave their sections out and say so, instead of tables without rows.
--- use tiny_py310.json
--- cmd
memsee -q -D type=Nothing types tiny_py310.json > types.md; grep -c '^## ' types.md; grep -c 'No rows' types.md; grep instances types.md
memsee -q -D "what=type = 'Nothing'" why tiny_py310.json > why.md; grep -c 'No rows' why.md; grep 'No root' why.md
--- stdout
2
0
**0 instances** take 0 bytes themselves. A type is spelt as in `memsee summary`, upper
0
No root leads to such an object: there is none, or it is garbage.
