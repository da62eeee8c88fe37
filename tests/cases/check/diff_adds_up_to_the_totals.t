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
expect objects: (select count_after from #2 where type = '(total)') = (select count(*) from obj3)
expect gone: empty select * from #0 where state not in ('new', 'grown', 'shrunk', 'gone')
diff 2 1 by type top 3
--- cmd
memsee -q -f csv diff.memsee | cut -c1-150
--- stdout
type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,grown,1306,1406,100,304603,514403,209800
dict,grown,3257,4210,953,1193912,1389792,195880
str,grown,12956,14557,1601,1229160,1327297,98137
(165 others),,21948,26361,4413,2432851,2619230,186379
(total),,39467,46534,7067,5160526,5850722,690196

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,grown,1206,1306,100,94803,304603,209800
dict,grown,2304,3257,953,998032,1193912,195880
str,grown,11355,12956,1601,1131093,1229160,98067
float,grown,704,2204,1500,16896,52896,36000
(164 others),,16863,19744,2881,2237872,2379955,142083
(total),,32432,39467,7035,4478696,5160526,681830

type,owner,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,dict,grown,178,378,200,49740,469340,419600
dict,LogRecord,grown,100,1100,1000,23200,255200,232000
(381 others),,,32154,45056,12902,4405756,5126182,720426
(total),,,32432,46534,14102,4478696,5850722,1372026

signature,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
module __main__ .{} Registry .entries list [] dict {} UploadHandler .{} bytes,grown,20,120,100,41960,251760,209800
module __main__ .{} MemoryHandler .{} list [] LogRecord .__dict__ dict,grown,100,600,500,23200,139200,116000
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} str,grown,201,1201,1000,11960,71460,59500
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} float,grown,300,1800,1500,7200,43200,36000
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .data dict,grown,30,180,150,6960,41760,34800
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} int,grown,200,1200,1000,6000,36000,30000
module __main__ .{} MemoryHandler .{} list [] LogRecord,grown,100,600,500,4800,28800,24000
module __main__ .{} MemoryHandler .{} list [] LogRecord .{} tuple,grown,100,600,500,4800,28800,24000
module __main__ .{} Registry .entries list [] dict,grown,20,120,100,4640,27840,23200
module __main__ .{} list [] function,grown,30,180,150,4320,25920,21600
(unreachable),new,0,300,300,0,20500,20500
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .sid str,grown,24,174,150,1944,14094,12150
module __main__ .{} Registry .entries list [] dict {} UploadHandler .__dict__ dict,grown,20,120,100,2080,12480,10400
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,grown,30,180,150,1920,11520,9600
module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession .user str,grown,30,180,150,1677,10227,8550
module __main__ .{} list [] function .__closure__ tuple,grown,30,180,150,1440,8640,7200
module __main__ .{} Registry .entries list [] dict {} UploadHandler .{} str,grown,20,120,100,1300,7800,6500
module __main__ .{} list [] function .__closure__ tuple [] cell,grown,30,180,150,1200,7200,6000
module __main__ .{} Registry .entries list [] dict {} str,grown,20,120,100,1178,7178,6000
module __main__ .{} Registry .entries list [] dict {} UploadHandler,grown,20,120,100,960,5760,4800
(13676 others),,31107,31192,85,4349157,4360387,11230
(total),,32432,39467,7035,4478696,5160526,681830

type,value,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
bytes,body-of-request-012345678901234567890123456789012345678901234567890123456789012345678901234567890123,grown,21,121,100,44009,253809,209800
dict,,grown,2304,3257,953,998032,1193912,195880
float,,grown,704,2204,1500,16896,52896,36000
int,,grown,1866,2947,1081,55872,88172,32300
tuple,,grown,2278,2928,650,132120,163320,31200
str,leaky_app.py,grown,103,603,500,6283,36783,30500
(11751 others),,,25156,27407,2251,3225484,3371634,146150
(total),,,32432,39467,7035,4478696,5160526,681830

type,state,count_before,count_after,count_growth,bytes_before,bytes_after,bytes_growth
str,shrunk,12956,11355,-1601,1229160,1131093,-98067
dict,shrunk,3257,2304,-953,1193912,998032,-195880
bytes,shrunk,1306,1206,-100,304603,94803,-209800
(165 others),,21948,17567,-4381,2432851,2254768,-178083
(total),,39467,32432,-7035,5160526,4478696,-681830

check,status,expected,found,message
type,passed,= 7067,7067,
owner,passed,= 1372026,1372026,
place,passed,= 681830,681830,
value,passed,= 5160526,5160526,
objects,passed,= 46534,46534,
gone,passed,no rows,0 rows,
