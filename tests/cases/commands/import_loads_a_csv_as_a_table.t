An allow list or an earlier report joins what was read.
--- file allowed.csv
type,limit,note
UploadHandler,10,"known, see the ticket"
"with ""quotes""",2,
--- cmd
memsee -f csv -e 'import allowed.csv' 'select * from allowed order by type' \
    'import allowed.csv as other' 'select count(*) as n from other where "limit" > 5'
--- stdout
type,limit,note
UploadHandler,10,"known, see the ticket"
"with ""quotes""",2,

n
1
--- stderr
2 rows imported as allowed
2 rows imported as other
