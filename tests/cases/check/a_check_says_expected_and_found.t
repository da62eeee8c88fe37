Whoever reads the log of a failed job needs what was expected and what was found, and the report the table of all checks.
--- use tiny_py310.json
--- file check.memsee
read tiny_py310.json
expect dicts: select count(*) from obj where type = 'dict' <= 3 "a dict too many"
expect dicts: select count(*) from obj where type = 'dict' > 3
expect "with a ""name""": 2 + 2 = 5
expect select count(*)
    from obj
    where type = 'none such' = 0
expect select 'a' || 'b' = 'ab'
expect null = null
expect select min(size) from obj where type = 'none such' = 0
expect (select max(size) from obj) > (select min(size) from obj)
expect -1 < +0.5
--- cmd
memsee -q -f text check.memsee
--- stdout
Checks
#        check      status     expected   found      message   
-------- ---------- ---------- ---------- ---------- ----------
         dicts      failed     <= 3       29         a dict to…
         dicts (2)  passed     > 3        29         ∘         
         with a "n… failed     = 5        4          ∘         
         select co… passed     = 0        0          ∘         
         select 'a… passed     = 'ab'     'ab'       ∘         
         null = nu… passed     = null     null       ∘         
         select mi… failed     = 0        null       ∘         
         (select m… passed     > 16       2066       ∘         
         -1 < +0.5  passed     < 0.5      -1         ∘         
--- stderr
check.memsee:2:1: check failed: dicts: expected <= 3, found 29: a dict too many
  expect dicts: select count(*) from obj where type = 'dict' <= 3 "a dict too many"
  ^
check.memsee:4:1: check failed: with a "name": expected = 5, found 4
  expect "with a ""name""": 2 + 2 = 5
  ^
check.memsee:10:1: check failed: select min(size) from obj where type = 'none such' = 0: expected = 0, found null
  expect select min(size) from obj where type = 'none such' = 0
  ^
--- status 1
