0 all held, 1 an expectation failed, 2 the script is wrong, 3 the data; the worst wins.
--- use tiny_py310.json
--- cmd
run() { memsee -q --keep-going -f csv -e "$@" >/dev/null 2>&1; echo "$?"; }
run 'read tiny_py310.json' 'expect select 1 = 1'
run 'read tiny_py310.json' 'expect select 1 = 2'
run 'read tiny_py310.json' 'selct 1'
run 'read missing.json'
run 'expect select 1 = 2' 'selct 1'
run 'expect select 1 = 2' 'read missing.json'
run 'selct 1' 'read missing.json'
--- stdout
0
1
2
3
2
3
3
