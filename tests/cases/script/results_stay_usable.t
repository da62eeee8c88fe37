#R.N, #R.column and #R as a table refer to what ran before, also in later results.
--- file results.memsee
select 5 as address, 'it''s' as name union all select 6, null union all select 7, 'x'
select #0.0 as first, #0.2 as last
select count(*) as n from #0
select name from #0 where name in #0.name order by name
select * from #0 a join #0 b on b.address = a.address + 1 order by 1
echo first #0.0, all #0.address
--- cmd
memsee -f csv results.memsee
--- stdout
address,name
5,it's
6,
7,x

first,last
5,7

n
3

name
it's
x

address,name,address,name
5,it's,6,
6,,7,x
--- stderr
first 5, all (5,6,7)
