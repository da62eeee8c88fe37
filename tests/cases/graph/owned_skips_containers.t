The bodies of uploads are owned by dicts, which says little; behind them stand the handlers.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' \
  'owned of "address in (select child from ref where parent in (select address from obj where type = '"'dict'"') ) and type = '"'bytes'"' and size > 2000"' \
  "owned of \"type = 'bytes' and size > 2000\" skipping \"dict list\""
--- stdout
type,owners,objects,owner_bytes,bytes
dict,220,220,22880,461560

type,owners,objects,owner_bytes,bytes
UploadHandler,220,220,10560,461560
,0,2,0,4082
