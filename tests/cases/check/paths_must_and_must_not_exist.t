What must hold an object, and what must not.
--- use leaky_py310_1.json.gz as heap.gz
--- file check.memsee
read heap.gz
expect held: path from "type = 'Registry'" to "type = 'UploadHandler'"
expect path from "type = 'UploadHandler'" to "type = 'Registry'"
expect path from "type = 'UploadHandler'" to "type = 'Registry'" reversed
expect no path from "type = 'UploadHandler'" to "type = 'Registry'"
expect no path from "type = 'Registry'" to "type = 'UploadHandler'" avoiding "type = 'list'"
expect leak: no path from "type = 'Registry'" to "type = 'UploadHandler'"
--- cmd
memsee -q -f text check.memsee
--- stdout
no path from "type = 'UploadHandler'" to "type = 'Registry'": the path
#                 address reference  type                 repr             size
-------- ---------------- ---------- -------------------- ---------- ----------
          140370444321744 ∘          UploadHandler        UploadHan…         48
           94463854420032 .__class__ type                 UploadHan…       1072
          140370445774400 .__dict__  dict                 dict              360
          140370446478512 .__init__  function             __init__          144
          140370454781696 .__global… dict                 dict             2272
          140370444344224 {38}       Registry             Registry           40

leak: the path
#                 address reference  type                 repr             size
-------- ---------------- ---------- -------------------- ---------- ----------
          140370444344224 ∘          Registry             Registry           40
          140370446296000 .entries   list                 list             1080
          140370444355456 [20]       dict                 dict              232
          140370452904016 {1}        UploadHandler        UploadHan…         48

Checks
#        check      status     expected   found      message   
-------- ---------- ---------- ---------- ---------- ----------
         held       passed     a path     a path of… ∘         
         path from… passed     a path     a path of… ∘         
         path from… passed     a path     a path of… ∘         
         no path f… failed     no path    a path of… ∘         
         no path f… passed     no path    no path    ∘         
         leak       failed     no path    a path of… ∘         
--- stderr
check.memsee:5:1: check failed: no path from "type = 'UploadHandler'" to "type = 'Registry'": expected no path, found a path of 6 objects
  expect no path from "type = 'UploadHandler'" to "type = 'Registry'"
  ^
check.memsee:7:1: check failed: leak: expected no path, found a path of 4 objects
  expect leak: no path from "type = 'Registry'" to "type = 'UploadHandler'"
  ^
--- status 1
--- cmd
memsee -q --keep-going -e "read heap.gz" "expect path from '1'" "expect path to '1'" "expect no path from 'x' to '1'"
--- stderr
-e:1:8: 'path' needs from "COND" and to "COND"
  expect path from '1'
         ^
-e:1:13: expected one of = <> < <= > >= before the value ''1''
  expect path to '1'
              ^
-e:1:22: SQL error: no such column: x; text takes single quotes: 'x'
  expect no path from 'x' to '1'
                       ^
--- status 2
