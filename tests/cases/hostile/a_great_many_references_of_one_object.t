One object may refer to everything, hundreds of thousands of times.
--- needs python3
--- unless valgrind sanitizers
--- cmd
python3 -c '
print("{\"address\": 1, \"type\": \"list\", \"size\": 1, \"refs\": ["
      + ", ".join(str(i % 7 + 2) for i in range(300000)) + "]}")
for i in range(2, 9):
    print("{\"address\": %d, \"type\": \"a\", \"size\": 1, \"refs\": []}" % i)' |
memsee -q -f csv -e 'read -' 'select count(*) refs, count(distinct child) objects from ref where parent = 1' 'path from "address = 1" to "address = 8"'
--- stdout
refs,objects
300000,7

address,type,name,value,size,len,mark,repr
1,list,,,1,,,list
8,a,,,1,,,a
