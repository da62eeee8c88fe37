Reports ask for totals and for the greatest of each type instead of reading all rows: the functions say the same as plain SQL does, also of a database that was read earlier.
--- use leaky_py310_0.json.gz
tiny_py27.json
dumper_py313.json
--- file by_function.memsee
select type, t.objects, t.bytes from type_totals(0) t join obj using (address) order by type
select type, sum(objects) objects, sum(bytes) bytes from (
  select type, t.objects, t.bytes from type_totals(1) t join obj using (address)) group by type order by type
select type, least, t.objects, t.bytes, t.items from type_lengths t join obj using (address) order by type, least
select address, t.size from largest(3) t join obj using (address) order by type, t.size desc, address
select address, t.len from longest(3) t join obj using (address) order by type, t.len desc, address
select address, t.retained, t.objects from retaining(3) t join obj using (address) order by type, t.retained desc, address
select objects, bytes from reachable_totals
select address, name from named_objects join obj using (address) order by address
--- file by_sql.memsee
select type, count(*) objects, sum(coalesce(size, 0)) bytes from obj group by type order by type
select type, count(*) - sum(part) objects, sum(size) bytes from (
  select coalesce(x.type, f.type) type, coalesce(f.size, 0) size, f.owner is not null part from (
    select case when type = 'dict' then attributes_of(address) end owner, type, size from obj) f
      left join obj x on x.address = f.owner)
  group by type order by type
with recursive power(two) as (select 1 union all select two * 2 from power limit 40)
  select type, min(len) least, count(*) objects, sum(coalesce(size, 0)) bytes, sum(len) items from obj where len is not null
    group by type, (select count(*) from power where two <= len) order by type, least
select address, size from (select address, type, coalesce(size, 0) size,
  row_number() over (partition by type order by coalesce(size, 0) desc, address) n from obj) where n <= 3 order by type, size desc, address
select address, len from (select address, type, len,
  row_number() over (partition by type order by len desc, address) n from obj where len is not null) where n <= 3 order by type, len desc, address
select address, retained, objects from (select o.address, o.type, d.retained, d.objects,
  row_number() over (partition by o.type order by d.retained desc, o.address) n from obj o join dominators d using (address))
  where n <= 3 order by type, retained desc, address
select sum(objects) objects, sum(retained) bytes from dominators where dominator = 0
select address, name from obj where name is not null order by address
--- cmd
for dump in leaky_py310_0.json.gz tiny_py27.json dumper_py313.json; do
  memsee -q -f csv -d $dump.db -e "read $dump" 'include by_function.memsee' >f.csv
  memsee -q -f csv -d $dump.db by_function.memsee >again.csv
  memsee -q -f csv -d $dump.db by_sql.memsee >s.csv
  cmp f.csv s.csv && cmp again.csv s.csv && [ $(wc -l <f.csv) -gt 60 ] && echo $dump: the same
done
--- stdout
leaky_py310_0.json.gz: the same
tiny_py27.json: the same
dumper_py313.json: the same
