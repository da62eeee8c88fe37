Our dumper tells what references are called and what the interpreter holds: no guesses, and frames and types as roots.
--- use dumper_py313.json
--- use dumper_py27.json
--- cmd
for dump in dumper_py313.json dumper_py27.json; do
    memsee -q -f csv -e "read $dump" "signatures to \"type in ('UploadHandler', 'LeakedSession')\""
    memsee -q -f csv -e "read $dump" "paths from \"type = 'Registry'\" to \"type = 'UploadHandler'\""
done
--- stdout
objects,bytes,signature,address
2,144,frame .f_globals dict ['AFTER_REQUEST'] list [] function .__closure__ tuple <closure session> cell .cell_contents LeakedSession,139893153267248
2,96,frame .f_globals dict ['REGISTRY'] Registry .entries list [] dict ['handler'] UploadHandler,139893154668272
tree,objects,targets,bytes,address
Registry,1,2,96,139893154475952
· .entries list,1,2,96,139893152427520
· · [] dict,2,2,96,139893153231616
· · · ['handler'] UploadHandler,2,2,96,139893154668272
objects,bytes,signature,address
2,160,frame .f_globals dict ['AFTER_REQUEST'] list [] function .__closure__ tuple <closure session> cell .cell_contents LeakedSession,139638995442816
2,128,frame .f_globals dict ['REGISTRY'] Registry .entries list [] dict ['handler'] UploadHandler,139638992223248
tree,objects,targets,bytes,address
Registry,1,2,128,139638995679376
· .entries list,1,2,128,139638995495584
· · [] dict,2,2,128,139638992254448
· · · ['handler'] UploadHandler,2,2,128,139638992223248
--- cmd
memsee -q -f csv -d x.db -e 'read dumper_py313.json' roots 'roots original' roots
memsee -q -f csv -d x.db -e "select labels from ref_label join ref_label_list using (gen, list) join obj on address = parent where type = 'UploadHandler'"
--- stdout
address,type,repr,size,why,cycle
139893153270336,frame,,312,thread frame,1
139893163207856,str,u'after_request',54,interned,1
139893171751872,type,code,416,static type,1
139893171804800,type,frame,416,static type,1
139893171813952,type,int,416,static type,1
139893171832736,NoneType,,16,singleton,1
139893171855136,type,type,416,static type,1
139893171865056,type,str,416,static type,1
139893172024712,str,u'__main__',49,interned,1
139893172063208,str,u'x',42,interned,1

address,type,repr,size,why,cycle
139893153270336,frame,,312,nothing refers to it,1
139893171751872,type,code,416,nothing refers to it,1
139893171804800,type,frame,416,nothing refers to it,1
139893171813952,type,int,416,nothing refers to it,1
139893171855136,type,type,416,nothing refers to it,1
labels
"["".body"", "".request_id"", "".filename"", "".__class__""]"
"["".body"", "".request_id"", "".filename"", "".__class__""]"
--- cmd
memsee -q -f csv -e 'read dumper_py27.json' roots
--- stdout
address,type,repr,size,why,cycle
94667450023488,frame,,584,thread frame,1
139639009935008,type,enumerate,872,static type,1
139639009973408,type,int,872,static type,1
139639009991744,type,NoneType,872,static type,1
139639009992160,NoneType,,16,singleton,1
139639010014752,type,tupleiterator,872,static type,1
139639010015168,type,tuple,872,static type,1
139639010024384,type,type,872,static type,1
--- cmd
memsee -q -f csv -e 'read dumper_py313.json' "select value as label, count(*) as n from ref_label join ref_label_list using (gen, list), json_each(labels) where value is not null group by label order by n desc, label limit 5" "select reason, count(*) as n from root_mark group by reason"
--- stdout
label,n
.__class__,5
.__base__,3
.__bases__,3
.__dict__,3
.__mro__,3

reason,n
interned,3
singleton,1
static type,5
thread frame,1
