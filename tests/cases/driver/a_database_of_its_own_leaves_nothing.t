Without a database `read` works at once, and no file stays behind.
--- use tiny_py310.json
--- cmd
memsee -q -f csv -e 'read tiny_py310.json' 'select count(*) as n from obj'
ls
--- stdout
n
213
tiny_py310.json
