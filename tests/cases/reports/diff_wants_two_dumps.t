One dump alone is no diff, and it is told what is missing rather than which number.
--- use tiny_py310.json
--- cmd
memsee -q diff tiny_py310.json 2>&1 >report.md | head -n 1
--- stdout
memsee diff: a comparison takes two dumps at least, and there is only one; name another
