Quotes, commas, newlines; NULL is empty and the empty string is "".
--- cmd
memsee -f csv -e "select 'a,b' as \"x,y\", 'q\"q' as q, 'l1
l2' as n, null as z, '' as e, -9223372036854775808 as i, 0.1 as r, x'00ff' as b"
--- stderr
-e:1:36: SQL error: unrecognized token: "'l1"
  select 'a,b' as "x,y", 'q"q' as q, 'l1
                                     ^
--- status 2
