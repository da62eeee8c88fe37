Dumps of one process can be compared object by object; of different processes that makes no sense, and is told.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- use leaky_py310_2.json.gz as 2.gz
--- use leaky_py27_0.json.gz as other.gz
--- cmd
memsee -q -f csv -e "read 0.gz 1.gz 2.gz" "diff 1 2 by address top 3 plain 1" "diff 1 2 3 by address top 5 plain 1" "diff 1 2 by address min share 2 min count 10" "diff 1 2 by address top 3" "expect born: (select sum(born) from #1 where type <> '(total)') = (select born from #1 where type = '(total)')" "expect share: (select sum(bytes_died) from #2 where type <> '(total)') = (select bytes_died from #2 where type = '(total)')" "expect (select died + survived from #0 where type = '(total)') = (select count(*) from obj1)" "expect (select born + survived from #0 where type = '(total)') = (select count(*) from obj2)" "expect (select alive from #1 where type = 'dict') = 953"
--- stdout
type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
bytes,0,1206,100,100,0,94803,209800,209800
dict,0,2304,953,953,0,998032,195880,195880
str,1,11354,1602,1601,78,1131015,98145,98067
(165 others),35,17532,4416,4381,6776,2247992,184859,178083
(total),36,32396,7071,7035,6854,4471842,688684,681830

type,born,alive,bytes_born,bytes_alive
bytes,100,100,209800,209800
dict,953,953,196776,196776
str,1602,1601,98145,98067
float,1501,1501,36024,36024
int,1087,1081,32468,32300
(163 others),1828,1812,108584,103424
(total),7071,7048,681797,676391

type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
bytes,0,1206,100,100,0,94803,209800,209800
LogRecord,0,100,500,500,0,28000,140000,140000
(167 others),42,29735,5777,5735,8478,4347415,340508,332030
(total),42,31041,6377,6335,8478,4470218,690308,681830

type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
bytes,0,1206,100,100,0,94803,209800,209800
LogRecord,0,100,500,500,0,28000,140000,140000
str,1,11354,1602,1601,78,1131015,98145,98067
(166 others),41,18381,4175,4134,8400,3216400,242363,233963
(total),42,31041,6377,6335,8478,4470218,690308,681830

Checks
check,status,expected,found,message
born,passed,= 7071,7071,
share,passed,= 8478,8478,
(select died + survived from #0 where type = '(total)') = (select count(*) from obj1),passed,= 32432,32432,
(select born + survived from #0 where type = '(total)') = (select count(*) from obj2),passed,= 39467,39467,
(select alive from #1 where type = 'dict') = 953,passed,= 953,953,
--- cmd
memsee -q -f csv -e "read 0.gz other.gz" "diff by address top 1"
--- stdout
type,died,survived,born,growth,bytes_died,bytes_survived,bytes_born,bytes_growth
dict,955,0,425,-530,433616,0,707288,273672
(186 others),30128,0,18865,-11263,4045080,0,2521207,-1523873
(total),31083,0,19290,-11793,4478696,0,3228495,-1250201
--- stderr
memsee: warning: only 0 of 19290 objects are at the same address with the same type: these seem to be dumps of different processes
