What a file is shows in its first bytes, not in its name.
--- needs gzip
--- use tiny_py310.json
--- cmd
gzip -c tiny_py310.json >dump.json; mv tiny_py310.json dump.gz
memsee -q -f csv -e 'read dump.json' 'select count(*) as n from obj' 'read dump.gz' 'select count(*) as n from obj'
--- stdout
n
213

n
213
