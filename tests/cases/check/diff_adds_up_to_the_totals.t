A comparison that leaves a byte unexplained is not believed: the rows of each kind add up to the totals.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- use leaky_py310_2.json.gz as 2.gz
--- file diff.memsee
read 0.gz 1.gz 2.gz
diff top 3
diff 1 2 by type min count 100 min bytes 1000 top 4
diff 1 3 by owner min share 3
diff 1 2 by signature min count 100
diff 1 2 by value min bytes 30000
expect type: (select sum(count_growth) from #0 where type <> '(total)') = (select count_growth from #0 where type = '(total)')
expect owner: (select sum(bytes_growth) from #2 where type <> '(total)') = (select bytes_growth from #2 where type = '(total)')
expect place: (select sum(bytes_growth) from #3 where signature <> '(total)') = (select bytes_growth from #3 where signature = '(total)')
expect value: (select sum(bytes_after) from #4 where type <> '(total)') = (select sum(size) from obj2)
expect objects: (select count_after from #2 where type = '(total)') = (select count(*) from obj3 where attributes_of(address) is null)
expect gone: empty select * from #0 where state not in ('new', 'grown', 'shrunk', 'gone')
diff 2 1 by type top 3
diff 1 2 by type top 3 plain 1
diff 1 2 by signature top 3 plain 1
expect plain: (select count_after from #6 where type = '(total)') = (select count(*) from obj2)
--- cmd
memsee -q -f csv diff.memsee | cut -c1-150
--- stdout
type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,grown,1306,1406,100,304603,514403,209800
LogRecord,grown,600,1100,500,168000,308000,140000
str,grown,12956,14557,1601,1229160,1327297,98137
(166 others),,22556,26722,4166,3458763,3701022,242259
(total),,37418,43785,6367,5160526,5850722,690196

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,grown,1206,1306,100,94803,304603,209800
LogRecord,grown,100,600,500,28000,168000,140000
str,grown,11355,12956,1601,1131093,1229160,98067
dict,grown,955,1208,253,433616,492696,59080
(165 others),,17467,21348,3881,2791184,2966067,174883
(total),,31083,37418,6335,4478696,5160526,681830

type,owner,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,UploadHandler,grown,20,220,200,41960,461560,419600
LogRecord,list,grown,100,1100,1000,28000,308000,280000
(420 others),,,30963,42465,11502,4408736,5081162,672426
(total),,,31083,43785,12702,4478696,5850722,1372026

signature,type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
module __main__ .{} Registry .entries list [] dict {} UploadHandler .{} bytes,bytes,grown,20,120,100,41960,251760,209800
module __main__ .{} MemoryHandler .{} list [] LogRecord,LogRecord,grown,100,600,500,28000,168000,140000
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} str,str,grown,201,1201,1000,11960,71460,59500
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} float,float,grown,300,1800,1500,7200,43200,36000
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .data dict,dict,grown,30,180,150,6960,41760,34800
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} int,int,grown,200,1200,1000,6000,36000,30000
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} tuple,tuple,grown,100,600,500,4800,28800,24000
module __main__ .{} Registry .entries list [] dict,dict,grown,20,120,100,4640,27840,23200
module __main__ .{} list [] function,function,grown,30,180,150,4320,25920,21600
(unreachable),,new,0,200,200,0,20500,20500
module __main__ .{} Registry .entries list [] dict {} UploadHandler,UploadHandler,grown,20,120,100,3040,18240,15200
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .sid str,str,grown,24,174,150,1944,14094,12150
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,LeakedSession,grown,30,180,150,1920,11520,9600
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .user str,str,grown,30,180,150,1677,10227,8550
module __main__ .{} list [] function .__closure__ tuple,tuple,grown,30,180,150,1440,8640,7200
module __main__ .{} Registry .entries list [] dict {} UploadHandler .{} str,str,grown,20,120,100,1300,7800,6500
module __main__ .{} list [] function .__closure__ tuple [] cell,cell,grown,30,180,150,1200,7200,6000
module __main__ .{} Registry .entries list [] dict {} str,str,grown,20,120,100,1178,7178,6000
(12936 others),,,29878,29963,85,4349157,4360387,11230
(total),,,31083,37418,6335,4478696,5160526,681830

type,value,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,body-of-request-012345678901234567890123456789012345678901234567890123456789012345678901234567890123,grown,21,121,100,44009,253809,209800
LogRecord,,grown,100,600,500,28000,168000,140000
dict,,grown,955,1208,253,433616,492696,59080
float,,grown,704,2204,1500,16896,52896,36000
int,,grown,1866,2947,1081,55872,88172,32300
tuple,,grown,2278,2928,650,132120,163320,31200
str,leaky_app.py,grown,103,603,500,6283,36783,30500
(11751 others),,,25056,26807,1751,3761900,3904850,142950
(total),,,31083,37418,6335,4478696,5160526,681830

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
str,shrunk,12956,11355,-1601,1229160,1131093,-98067
LogRecord,shrunk,600,100,-500,168000,28000,-140000
bytes,shrunk,1306,1206,-100,304603,94803,-209800
(166 others),,22556,18422,-4134,3458763,3224800,-233963
(total),,37418,31083,-6335,5160526,4478696,-681830

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,grown,1206,1306,100,94803,304603,209800
dict,grown,2304,3257,953,998032,1193912,195880
str,grown,11355,12956,1601,1131093,1229160,98067
(165 others),,17567,21948,4381,2254768,2432851,178083
(total),,32432,39467,7035,4478696,5160526,681830

signature,type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
module __main__ .{} Registry .entries list [] dict {} UploadHandler .{} bytes,bytes,grown,20,120,100,41960,251760,209800
module __main__ .{} MemoryHandler .{} list [] LogRecord .__dict__ dict,dict,grown,100,600,500,23200,139200,116000
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} str,str,grown,201,1201,1000,11960,71460,59500
(13693 others),,,32111,37546,5435,4401576,4698106,296530
(total),,,32432,39467,7035,4478696,5160526,681830

Checks
check,status,expected,found,message
type,passed,= 6367,6367,
owner,passed,= 1372026,1372026,
place,passed,= 681830,681830,
value,passed,= 5160526,5160526,
objects,passed,= 43785,43785,
gone,passed,no rows,0 rows,
plain,passed,= 39467,39467,
