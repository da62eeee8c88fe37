Scripts and dumps hold what they like; what is quoted of them in messages is only seen.
--- file make.sh
e=$(printf '\033') csi=$(printf '\302\233') turn=$(printf '\342\200\256')
printf '%s\n' "selct $e[31mred${csi}1m$turn x" >unknown.memsee
printf '%s\n' "select 1," "	'$e[2J', é, nope nope nope" >sql.memsee
printf '%s\n' "read \"no$e[2J\"" >file.memsee
printf '%s\n' "$e]0;title" '{"address": 1, "type": "a", "size": 1, "refs": []}' >"d$e[2J.json"
printf '%s\n' 'read $1' >dump.memsee
cp unknown.memsee "n$e[2J$csi.memsee"
--- cmd
. ./make.sh
memsee -q unknown.memsee
memsee -q sql.memsee
memsee -q file.memsee
memsee dump.memsee "d$e[2J.json"
memsee --progress always dump.memsee "d$e[2J.json" 2>&1 | grep -c "$e\[2J\|$e]"
memsee -q "n$e[2J$csi.memsee"
memsee -q --$e[2J
memsee -q "$e[2J"
--- stdout
0
--- stderr
unknown.memsee:1:1: no command 'selct'; did you mean 'select'?
  selct ?[31mred?1m? x
  ^
sql.memsee:2:23: SQL error: near "nope": syntax error
  	'?[2J', é, nope nope nope
  	                     ^
file.memsee:1:1: cannot read 'no?[2J': No such file or directory
  read "no?[2J"
  ^
memsee: warning: d\x1b[2J.json:1:1: invalid char in json text
memsee: warning: d\x1b[2J.json: 1 of 2 lines skipped
1 objects and 0 references totalling 1 bytes
n\x1b[2J\u009b.memsee:1:1: no command 'selct'; did you mean 'select'?
  selct ?[31mred?1m? x
  ^
memsee: no option '--?[2J'; 'memsee --help' lists them
memsee: no script and no report '?[2J'; --list-reports shows the reports
--- status 2
