A check that cannot be understood must not pass.
--- cmd
memsee -q --keep-going -e "expect" "expect 1" "expect select 1" "expect 1 + 1" "expect select 1, 2 = 3" "expect empty insert into env values (1, 2)" "expect empty" "expect select 1 union select 2 = 1" "expect nosuch = 1" "expect name: = 1" "expect \$undefined = 1" "expect 1 = \$undefined" "expect select nosuch from gen = 1" "expect = 1"
--- stderr
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect
  ^
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect 1
  ^
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect select 1
  ^
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect 1 + 1
  ^
-e:1:8: expected one value, and the query has 2 columns
  expect select 1, 2 = 3
         ^
-e:1:13: this is not a query: it gives no rows
  expect empty insert into env values (1, 2)
              ^
-e:1:13: no SQL statement here
  expect empty
              ^
-e:1:8: expected one value, and the query gives 2 rows; 'expect empty' is about rows
  expect select 1 union select 2 = 1
         ^
-e:1:8: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  expect nosuch = 1
         ^
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect name: = 1
  ^
-e:1:8: no name $undefined; -D undefined=VALUE gives it one
  expect $undefined = 1
         ^
-e:1:12: no name $undefined; -D undefined=VALUE gives it one
  expect 1 = $undefined
             ^
-e:1:15: SQL error: no such column: nosuch; text takes single quotes: 'nosuch'
  expect select nosuch from gen = 1
                ^
-e:1:1: usage: expect [NAME:] QUERY OP VALUE ["MESSAGE"] | empty QUERY | [no] path from … | growth of … | no leak …
  expect = 1
  ^
--- status 2
