Whoever comes second waits: every dump that was read is there, and the database is sound.
--- needs sqlite3
--- use leaky_py310_0.json.gz
--- use leaky_py310_1.json.gz
--- use tiny_py310.json
--- cmd
memsee -q -d two.db -e 'read tiny_py310.json'
memsee -q -d two.db -e 'read leaky_py310_0.json.gz' &
memsee -q -d two.db -e 'read leaky_py310_1.json.gz' &
memsee -q -d two.db -e 'read tiny_py310.json'
wait
sqlite3 two.db 'select count(*) from gen; select sum(value) from read_log where fact = "objects"; pragma integrity_check'
--- stdout
4
72325
ok
