A known leak does not fail the job until it grows, a new one does, and one that is fixed is told.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- use leaky_py310_2.json.gz as 2.gz
--- cmd
memsee -q -o report.md --update-baseline -D known=known.csv leak-check 0.gz 1.gz; cat known.csv
--- stdout
signature,count,note
"(garbage) CycleNode",100,
"module __main__ .{} MemoryHandler .{} list [] LogRecord",500,
"module __main__ .{} Registry .entries list [] dict {} UploadHandler",100,
"module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",150,
--- cmd
memsee -q -D known=known.csv -o report.md leak-check 0.gz 1.gz; sed -n 3p report.md
--- stdout
No leak that is not known in 2 dumps.
--- cmd
cp known.csv before.csv; memsee -q -o report.md --update-baseline -D known=known.csv leak-check 0.gz 1.gz; cmp known.csv before.csv
--- cmd
sed 's/LogRecord",500,/&"kept on purpose, #12"/; /LeakedSession/d; s/,100,/,99,/' before.csv >known.csv; echo '"list -> Gone",7,"see, ""there"""' >>known.csv; memsee -q -f csv -e "read 0.gz 1.gz" "expect leaks: no leak known known.csv" "leaks known known.csv" | cut -c1-60
--- stdout
class,state,verdict,growth,g1,g2,bytes_growth,module,signatu
UploadHandler,grown,monotonic,100,20,120,262632,__main__,mod
LeakedSession,new,monotonic,150,30,180,99414,__main__,module
CycleNode,grown,new,100,0,100,20500,__main__,(garbage) Cycle

leaks: what holds them
leak,reference,type,name,size,retained,grows,address
UploadHandler,,module,__main__,72,539143,,140370454706624
UploadHandler,.__dict__,dict,__main__.__dict__,2272,539071,,
UploadHandler,.{38},Registry,__main__.<Registry>,40,315870,,
UploadHandler,.entries,list,__main__.<Registry>.entries?,108
UploadHandler,[32],dict,__main__.<Registry>.entries?[32],232
UploadHandler,{1},UploadHandler,__main__.<Registry>.entries?
LeakedSession,,module,__main__,72,539143,,140370454706624
LeakedSession,.__dict__,dict,__main__.__dict__,2272,539071,,
LeakedSession,.{39},list,__main__.<list>,1656,121278,30 → 
LeakedSession,[36],function,__main__.<list>[36],144,666,,140
LeakedSession,.__closure__,tuple,__main__.<list>[36].__closu
LeakedSession,[0],cell,__main__.<list>[36][0],40,474,,140370
LeakedSession,.cell_contents,LeakedSession,__main__.<list>[3

class,state,verdict,growth,g1,g2,bytes_growth,module,signatu
UploadHandler,grown,monotonic,100,20,120,262632,__main__,mod
LeakedSession,new,monotonic,150,30,180,99414,__main__,module
CycleNode,grown,new,100,0,100,20500,__main__,(garbage) Cycle
LogRecord,known,monotonic,500,100,600,289500,logging,module 

Checks
check,status,expected,found,message
leaks,failed,no leak,"3 leaks: UploadHandler +100 (20, 120),
--- stderr
memsee: warning: 'known.csv': fixed, so the entry is stale: list -> Gone (see, "there")
-e:1:1: check failed: leaks: expected no leak, found 3 leaks: UploadHandler +100 (20, 120), …
  expect leaks: no leak known known.csv
  ^
memsee: warning: 'known.csv': fixed, so the entry is stale: list -> Gone (see, "there")
--- cmd
memsee -q --update-baseline -e "read 0.gz 1.gz" "expect no leak known known.csv"; cat known.csv
--- stdout
No leak that is not known in 2 dumps.

**Checks**

| check                   | status | expected | found                     | message |
| ----------------------- | ------ | -------- | ------------------------- | ------- |
| no leak known known.csv | passed | no leak  | no leak that is not known | ∘       |
signature,count,note
"(garbage) CycleNode",100,
"module __main__ .{} MemoryHandler .{} list [] LogRecord",500,"kept on purpose, #12"
"module __main__ .{} Registry .entries list [] dict {} UploadHandler",100,
"module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession",150,
--- stderr
memsee: warning: 'known.csv': fixed, so the entry is stale: list -> Gone (see, "there")
--- cmd
memsee -q -e "read 0.gz 1.gz" "expect no leak known missing.csv"
--- stderr
-e:1:1: cannot read 'missing.csv': No such file or directory
  expect no leak known missing.csv
  ^
--- status 3
--- file bad.csv
signature,number
a,1
--- file twice.csv
signature,count
a,1
a,2
--- file text.csv
signature,count
a,many
--- cmd
memsee -q --keep-going -e "read 0.gz 1.gz" "leaks known bad.csv" "leaks known twice.csv" "leaks known text.csv" "leaks known"
--- stderr
-e:1:1: 'bad.csv' has no columns 'signature' and 'count'
  leaks known bad.csv
  ^
-e:1:1: 'twice.csv', row 3: the signature occurs twice
  leaks known twice.csv
  ^
-e:1:1: 'text.csv', row 2: expected a signature and an integer count
  leaks known text.csv
  ^
-e:1:7: something must follow 'known'
  leaks known
        ^
--- status 3
