A report that needs an option says which when it is missing.
--- use tiny_py310.json
--- cmd
memsee -q types tiny_py310.json 2>&1 >report.md | sed 's/.*: no name/no name/;1q'
--- stdout
no name $type; -D type=VALUE gives it one
