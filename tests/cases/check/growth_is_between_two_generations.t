How much more there is than before, in objects, bytes and per cent, with the new objects when it is too much.
--- use leaky_py310_0.json.gz as a.gz
--- use leaky_py310_1.json.gz as b.gz
--- use leaky_py310_2.json.gz as c.gz
--- file check.memsee
read a.gz
read b.gz
read c.gz
expect growth of "type = 'UploadHandler'" in count <= 100
expect growth of "type = 'UploadHandler'" in count = 200 between 1 and 3
expect growth of "type = 'LeakedSession'" in count <= 100% "sessions"
expect growth of "type = 'LeakedSession'" in count <= 500% between 1 and 2
expect growth of "type = 'CycleNode'" in count <= 1000% between 1 and 2
expect growth of "type = 'None'" in bytes <= 0%
expect growth of "address in 0&" in count <= 0 between 3 and 1
expect growth of "address in (select address from obj1)" in count >= 0
gen 1
expect growth of "type = 'UploadHandler'" in bytes < $limit between 2 and $3
--- cmd
memsee -q -f text -Dlimit=100 check.memsee x y 3
--- stdout
growth of "type = 'CycleNode'" in count <= 1000% between 1 and 2: what is at fault
#                 address type                 repr             size
-------- ---------------- -------------------- ---------- ----------
          140370444320880 CycleNode            CycleNode          48
          140370444320976 CycleNode            CycleNode          48
          140370444322512 CycleNode            CycleNode          48
          140370444322608 CycleNode            CycleNode          48
          140370444324144 CycleNode            CycleNode          48
          140370444324240 CycleNode            CycleNode          48
          140370444325776 CycleNode            CycleNode          48
          140370444325872 CycleNode            CycleNode          48
          140370444336144 CycleNode            CycleNode          48
          140370444336624 CycleNode            CycleNode          48

Each dump has fewer objects than the one before, and none says when it was made: is 'c' really the oldest?

growth of "type = 'UploadHandler'" in bytes < $limit between 2 and $3: what is at fault
#                 address type                 repr             size
-------- ---------------- -------------------- ---------- ----------
          140370443141616 UploadHandler        UploadHan…         48
          140370443142192 UploadHandler        UploadHan…         48
          140370443143248 UploadHandler        UploadHan…         48
          140370443143824 UploadHandler        UploadHan…         48
          140370443144880 UploadHandler        UploadHan…         48
          140370443145456 UploadHandler        UploadHan…         48
          140370443146512 UploadHandler        UploadHan…         48
          140370443147088 UploadHandler        UploadHan…         48
          140370443148144 UploadHandler        UploadHan…         48
          140370443148720 UploadHandler        UploadHan…         48

Checks
#        check      status     expected   found      message   
-------- ---------- ---------- ---------- ---------- ----------
         growth of… passed     <= 100     +100 (120… ∘         
         growth of… passed     = 200      +200 (20,… ∘         
         growth of… passed     <= 100%    +83.3% (1… sessions  
         growth of… passed     <= 500%    +500.0% (… ∘         
         growth of… failed     <= 1000%   +inf% (0,… ∘         
         growth of… passed     <= 0%      +0.0% (0,… ∘         
         growth of… passed     <= 0       +0 (429, … ∘         
         growth of… passed     >= 0       +2 (32412… ∘         
         growth of… failed     < 100      +4800 (57… ∘         
--- stderr
check.memsee:8:1: check failed: growth of "type = 'CycleNode'" in count <= 1000% between 1 and 2: expected <= 1000%, found +inf% (0, then 100)
  expect growth of "type = 'CycleNode'" in count <= 1000% between 1 and 2
  ^
check.memsee:13:1: check failed: growth of "type = 'UploadHandler'" in bytes < $limit between 2 and $3: expected < 100, found +4800 (5760, then 10560)
  expect growth of "type = 'UploadHandler'" in bytes < $limit between 2 and $3
  ^
--- status 1
--- cmd
memsee -q -e "read a.gz" "expect growth of '1' in count <= 0"
--- stderr
-e:1:8: growth is between two generations, and there is only one; 'read' another
  expect growth of '1' in count <= 0
         ^
--- status 2
--- cmd
memsee -q -e "read a.gz" "expect growth of '1' in count <= 0 between 1 and 2"
--- stderr
-e:1:50: no generation '2'
  expect growth of '1' in count <= 0 between 1 and 2
                                                   ^
--- status 2
--- cmd
memsee -q --keep-going -e "read a.gz" "read b.gz" "expect growth of '1' in count <= many" "expect growth of '1' in pounds <= 1" "expect growth of '1' in count around 1" "expect growth of 'nosuch = 1' in count < 1" "expect growth of" "expect growth of '1' in count < 1 since 1"
--- stderr
-e:1:34: expected a number, or one with %, found 'many'
  expect growth of '1' in count <= many
                                   ^
-e:1:25: expected count or bytes, found 'pounds'
  expect growth of '1' in pounds <= 1
                          ^
-e:1:31: expected one of = <> < <= > >=, found 'around'
  expect growth of '1' in count around 1
                                ^
-e:1:19: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  expect growth of 'nosuch = 1' in count < 1
                    ^
-e:1:8: 'growth' needs of "COND" in count|bytes OP N|N%
  expect growth of
         ^
-e:1:35: unexpected word 'since'
  expect growth of '1' in count < 1 since 1
                                    ^
--- status 2
