Quotes, commas, newlines; NULL is empty and the empty string is "".
--- cmd
memsee -f csv -e "select 'a,b' as \"x,y\", 'q\"q' as q, 'l1' || char(10) || 'l2' as n, null as z, '' as e, -9223372036854775808 as i, 0.1 as r, x'00ff' as b"
--- stdout
"x,y",q,n,z,e,i,r,b
"a,b","q""q","l1
l2",,"",-9223372036854775808,0.1,00ff
