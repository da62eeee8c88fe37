A picture that nobody can read is none: what is beyond the limit is counted.
--- needs dot
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f dot -e 'read leaky_py310_0.json.gz' 'select address from obj order by address limit 5000' >out.dot
dot -Tsvg out.dot >out.svg; echo $?
test $(grep -c '^	n[0-9]* \[' out.dot) -le 200 && grep -c '[0-9] more' out.dot | sed 's/[1-9][0-9]*/some/'
--- stdout
0
some
