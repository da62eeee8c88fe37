NULL equals NULL, differs from everything else, and is neither less nor more than anything.
--- unless valgrind
--- cmd
for op in '=' '<>' '<' '<=' '>' '>='
do
	for pair in 'null OP null' 'null OP 5' '5 OP null' "'a' OP null" '4 OP 5' '5 OP 4' "'a' OP 5" '5.5 OP 5.5'
	do
		what=$(echo "$pair" | sed "s/OP/$op/")
		memsee -q -e "expect $what" > /dev/null 2>&1
		printf '%s:%s  ' "$what" $?
	done
	echo
done
--- stdout
null = null:0  null = 5:1  5 = null:1  'a' = null:1  4 = 5:1  5 = 4:1  'a' = 5:1  5.5 = 5.5:0  
null <> null:1  null <> 5:0  5 <> null:0  'a' <> null:0  4 <> 5:0  5 <> 4:0  'a' <> 5:0  5.5 <> 5.5:1  
null < null:1  null < 5:1  5 < null:1  'a' < null:1  4 < 5:0  5 < 4:1  'a' < 5:1  5.5 < 5.5:1  
null <= null:0  null <= 5:1  5 <= null:1  'a' <= null:1  4 <= 5:0  5 <= 4:1  'a' <= 5:1  5.5 <= 5.5:0  
null > null:1  null > 5:1  5 > null:1  'a' > null:1  4 > 5:1  5 > 4:0  'a' > 5:0  5.5 > 5.5:1  
null >= null:0  null >= 5:1  5 >= null:1  'a' >= null:1  4 >= 5:1  5 >= 4:0  'a' >= 5:0  5.5 >= 5.5:0  
