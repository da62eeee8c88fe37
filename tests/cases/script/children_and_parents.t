X& and X^ chain, on numbers, names, results, columns and queries.
--- use leaky_py310_1.json.gz
--- file relations.memsee
read leaky_py310_1.json.gz
set registry 140370444344224
select type, count(*) as n from obj where address in 140370444344224& group by type order by type
select type, count(*) as n from obj where address in $registry&& group by type order by type
select type, count(*) as n from obj where address in $registry&&&& group by type order by type
select type from obj where address in 140370446296000^ order by type
select address, type from obj where type = 'UploadHandler' order by address limit 3
select type, count(*) as n from obj where address in #4.0^ group by type
select type, count(*) as n from obj where address in #4.address& group by type order by type
select count(*) as n from obj where address in (select address from obj where type = 'Registry')&
select type from obj where type = 'Registry' and exists (select 1 from ref where ref.parent in address& )
select count(*) as n from obj where address in #4.0^&
--- cmd
memsee -q -f csv relations.memsee
--- stdout
type,n
list,1
type,1

type,n
dict,121
tuple,2
type,1

type,n
NoneType,1
code,2
dict,123
str,6
tuple,2
type,3

type
Registry

address,type
140370444321744,UploadHandler
140370444322320,UploadHandler
140370444323376,UploadHandler

type,n
dict,1

type,n
dict,3
type,1

n
2

type
Registry

n
2
