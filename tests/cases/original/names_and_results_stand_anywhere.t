Names nest, and columns of results are lists, of whole sets too.
--- use tiny_py310.json
--- cmd
memsee -q -f text -e 'read tiny_py310.json' "select address, size from obj where type = 'Registry'" 'set reg #0.0' 'set held $reg&' 'set deep $held&' 'select count(*) n from obj where address in $deep' 'select address from obj where address in $reg& order by 1' 'select count(*) n from obj where address in #2.address&' 'select count(*) n from #2' 'select size in #0.size ok from obj where address = $reg' 'select $reg a, 1 b' 'echo $reg #0.0 and #2.address' 'set two $reg #0.0' 'echo $two' set 'select o.type from obj o join #2 r on r.address = o.address order by 1'
--- stdout
#                 address       size
-------- ---------------- ----------
#0.0      139768348726736         40

#                 n
-------- ----------
#1.0              4

#                 address
-------- ----------------
#2.0       94370588433216
#2.1      139768348436800

#                 n
-------- ----------
#3.0              4

#                 n
-------- ----------
#4.0              2

#        ok        
-------- ----------
#5.0     1         

#        a          b         
-------- ---------- ----------
#6.0     $reg       1         

139768348726736 139768348726736 and (94370588433216,139768348436800)
139768348726736 139768348726736

#        name                 value                                                       
-------- -------------------- ------------------------------------------------------------
         deep                 (select child from ref where parent IN (select child from r…
         held                 (select child from ref where parent = 139768348726736)      
         reg                  139768348726736                                             
         two                  139768348726736 139768348726736                             

#        type                
-------- --------------------
#7.0     list                
#7.1     type                
