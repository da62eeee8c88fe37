dump_gc_objects writes an object again and again; the first counts, identical repeats are no news.
--- use smallgc_py310.json.gz
--- cmd
memsee -q -f csv -e 'read smallgc_py310.json.gz' \
    'select count(*) as objects, sum(size) as bytes from obj where address <> 0' \
    'select count(*) as refs from ref where parent <> 0' \
    'select count(*) as roots from ref where parent = 0' \
    'select count(distinct child) as dangling from ref where child not in (select address from obj)'
--- stdout
objects,bytes
57612,8769207

refs
132481

roots
1050

dangling
4511
