Reports group by value and by type without a join over every reference: the functions say the same as plain SQL does, on several dumps, also where the rows of ref are in no order.
--- use leaky_py310_0.json.gz
tiny_py27.json
strings_py27.json
--- file by_function.memsee
read $@
select type, value, len, copies, bytes, largest from equal_values(2) join obj using (address)
  order by type, value, len
select o.type, o.len, q.address, copies, bytes, largest from equal_references(2) q join obj o using (address)
  order by q.address
select p.type holder, c.type held, t."references", t.objects, t.bytes
  from type_references t join obj p on p.address = t.holder join obj c on c.address = t.held
  order by p.type, c.type
--- file by_sql.memsee
read $@
select type, value, len, count(*) copies, cast(total(size) as int) bytes, max(size) largest
  from obj where value is not null group by type, value, len having count(*) > 1 order by type, value, len
select type, len, min(address) address, count(*) copies, cast(total(size) as int) bytes, max(size) largest
  from (select o.address, o.type, o.len, o.size, r.items
    from obj o join (select distinct parent, group_concat(child) over (partition by parent order by rowid
      rows between unbounded preceding and unbounded following) items from ref) r on r.parent = o.address)
  group by type, len, items having count(*) > 1 order by min(address)
select p.type holder, c.type held, count(*) "references", count(distinct r.child) objects, cast(total(c.size) as int) bytes
  from ref r join obj p on p.address = r.parent join obj c on c.address = r.child
  group by p.type, c.type order by p.type, c.type
--- cmd
for dump in leaky_py310_0.json.gz tiny_py27.json strings_py27.json; do
  memsee -q -f csv by_function.memsee $dump >f.csv; memsee -q -f csv by_sql.memsee $dump >s.csv
  cmp f.csv s.csv && [ $(wc -l <f.csv) -gt 6 ] && echo $dump: the same
done
memsee -q -f csv -e 'read tiny_py27.json' \
  'insert into ref select child, parent from ref where parent <> 0 order by child desc' \
  'select count(*) from equal_references(2)' \
  'select count(*) from (select 1 from (select o.address, o.type, o.len, r.items
      from obj o join (select distinct parent, group_concat(child) over (partition by parent order by rowid
        rows between unbounded preceding and unbounded following) items from ref) r
      on r.parent = o.address) group by type, len, items having count(*) > 1)' \
  'select sum("references") from type_references' \
  'select count(*) from ref join obj p on p.address = parent join obj c on c.address = child'
--- stdout
leaky_py310_0.json.gz: the same
tiny_py27.json: the same
strings_py27.json: the same
count(*)
4

count(*)
4

"sum(""references"")"
784

count(*)
784
