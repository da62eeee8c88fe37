A picture that nobody can read is none: what is beyond the limit is counted.
--- needs dot
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -f dot -e 'read leaky_py310_0.json.gz' 'select address from obj order by address limit 5000' >out.dot
dot -Tsvg out.dot >out.svg; echo $?
grep -c '^	n[0-9]* \[' out.dot; grep -o '[0-9,]* more' out.dot | head -n 1
--- stdout
0
85
2 more
