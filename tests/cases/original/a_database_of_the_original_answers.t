A database that the original wrote opens with its generations and names, row order and all.
--- use original/two-generations.db
--- cmd
memsee -q -f text -d two-generations.db -e gen set 'select * from gen order by num' stats "select type, count(*) n from obj group by 1 order by n desc, type limit 3" 'select count(*) from obj2' "select address from obj where type = 'Registry'" 'kids #3.0' 'parents #3.0' 'info #3.0' 'path from "address = #3.0" to "address in #3.0&"' 'ancestor_types address = #3.0' roots 'gc keep' 'select count(mark) from obj' 2>&1 | cut -c1-100
--- stdout
2 generations, current is 1

#        name                 value                                                       
-------- -------------------- ------------------------------------------------------------
         a.b:c                5                                                           
         first                139768348150848                                             

#               num current   
-------- ---------- ----------
#0.0              1 1         
#0.1              2 0         

239 objects, 439 references, 38100 (38.1K) total bytes

#        type                          n
-------- -------------------- ----------
#1.0     str                          56
#1.1     dict                         30
#1.2     tuple                        27

#          count(*)
-------- ----------
#2.0            213

#                 address
-------- ----------------
#3.0      140318215780496

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#4.0      140318215780496 Registry             ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#5.0       94106023641152 type                 Registry             ∘                             
#5.1      140318222431248 list                 ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#6.0      140318215844496 dict                 ∘                    ∘                           
#6.1      140318222608144 dict                 ∘                    ∘                           
#6.2      140318222614896 dict                 ∘                    ∘                           
#6.3      140318222616336 dict                 ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#7.0      140318215781712 UploadHandler        ∘                    ∘                           
#7.1      140318215788688 UploadHandler        ∘                    ∘                           
#7.2      140318215804464 str                  ∘                    /upload/8                     
#7.3      140318215804512 str                  ∘                    /upload/12                    
#7.4      140318215805520 str                  ∘                    /upload/18                    
#7.5      140318222593616 UploadHandler        ∘                    ∘                           
#7.6      140318225366160 str                  ∘                    handler                       
#7.7      140318226171984 UploadHandler        ∘                    ∘                           
#7.8      140318226185456 str                  ∘                    /upload/2                     
#7.9      140318227424144 str                  ∘                    path                          

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#8.0       94106024456112 type                 UploadHandler        ∘                             
#8.1      140318215845360 dict                 ∘                    ∘                           
#8.2      140318222609296 dict                 ∘                    ∘                           
#8.3      140318222616912 dict                 ∘                    ∘                           
#8.4      140318222617488 dict                 ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#9.0       94106022941760 int                  ∘                    18                            
#9.1       94106022941904 int                  ∘                    12                            
#9.2       94106022942000 int                  ∘                    8                             
#9.3       94106022942144 int                  ∘                    2                             
#9.4       94106023629616 str                  ∘                    body-of-request-01234567890123
#9.5       94106023643152 str                  ∘                    body-of-request-01234567890123
#9.6       94106024423632 str                  ∘                    body-of-request-01234567890123
#9.7       94106024543424 str                  ∘                    body-of-request-01234567890123
#9.8      140318215804224 unicode              ∘                    upload-00008.bin              
#9.9      140318215804608 unicode              ∘                    upload-00012.bin              
#9.10     140318215805904 unicode              ∘                    upload-00018.bin              
#9.11     140318224821248 str                  ∘                    request_id                    
#9.12     140318225366208 str                  ∘                    body                          
#9.13     140318226185264 unicode              ∘                    upload-00002.bin              
#9.14     140318227424480 str                  ∘                    filename                      

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
          140318215852400 dict                 ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
          140318215780496 Registry             ∘                    ∘                           

#                 address type                 name                 value                           
-------- ---------------- -------------------- -------------------- --------------------------------
#11.0     140318215780496 Registry             ∘                    ∘                           
#11.1      94106023641152 type                 Registry             ∘                             

#        gen        type                   count(*)
-------- ---------- -------------------- ----------
#12.0    0          Registry                      1
#12.1    1          dict                          1

#                 address type                 repr             size why                            
-------- ---------------- -------------------- ---------- ---------- -------------------------------
#13.0     140318215852400 dict                 ∘                 664 nothing refers to it         

#        count(mar…
-------- ----------
#14.0    224       
--- cmd
memsee -q -f text -d two-generations.db -e 'gen 2' stats 'roots original' 'gc' stats 'gen 1' stats 'select count(*) from obj2' 'gen none' 'gen 2' "pin type = 'Registry'" 'select count(*) from ref where parent = 0'
--- stdout
213 objects, 369 references, 32023 (32.0K) total bytes
200 objects, 369 references, 30137 (30.1K) total bytes
239 objects, 439 references, 38100 (38.1K) total bytes

#          count(*)
-------- ----------
#0.0            200

#          count(*)
-------- ----------
#1.0              2
