The first dump's table of labels is filled page by page, the second's by inserts: the same rows, and a sound file.
--- use dumper_py313.json
--- cmd
memsee -q -f csv -d x.db -e 'read dumper_py313.json' 'read dumper_py313.json' \
    "select gen, count(*) labels from ref_label group by gen" \
    "select count(*) differ from (select parent, labels from ref_label join ref_label_list using (gen, list) where gen = 1 except select parent, labels from ref_label join ref_label_list using (gen, list) where gen = 2)" \
    "select integrity_check from pragma_integrity_check"
--- stdout
gen,labels
1,20
2,20

differ
0

integrity_check
ok
