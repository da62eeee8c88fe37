A pipeline tells a leak from a broken script and from a broken dump by the exit status alone.
--- use tiny_py310.json
--- file broken.json
this is no dump
--- cmd
memsee -q -e "read tiny_py310.json" "expect select count(*) from obj > 0" >/dev/null
--- cmd
memsee -q -e "read tiny_py310.json" "expect select count(*) from obj = 0" "echo it goes on"
--- stdout
it goes on

**Checks**

| check                        | status | expected | found | message |
| ---------------------------- | ------ | -------- | ----- | ------- |
| select count(*) from obj = 0 | failed | = 0      | 213   | ∘       |
--- stderr
-e:1:1: check failed: select count(*) from obj = 0: expected = 0, found 213
  expect select count(*) from obj = 0
  ^
--- status 1
--- cmd
memsee -q -e "expect 1 = 2" "nonsense"
--- stderr
-e:1:1: check failed: 1 = 2: expected = 2, found 1
  expect 1 = 2
  ^
-e:1:1: no command 'nonsense'; 'help' lists the commands
  nonsense
  ^
--- status 2
--- cmd
memsee -q -e "expect 1 = 2" "read broken.json"
--- stderr
-e:1:1: check failed: 1 = 2: expected = 2, found 1
  expect 1 = 2
  ^
-e:1:1: 'broken.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read broken.json
  ^
--- status 3
--- cmd
memsee -q --keep-going -e "read broken.json" "nonsense" "expect 1 = 2" "expect 1 = 1"
--- stdout
**Checks**

| check   | status | expected | found | message                                                      |
| ------- | ------ | -------- | ----- | ------------------------------------------------------------ |
| run     | error  | ∘        | ∘     | `'broken.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text` |
| run (2) | error  | ∘        | ∘     | `no command 'nonsense'; 'help' lists the commands`           |
| 1 = 2   | failed | = 2      | 1     | ∘                                                            |
| 1 = 1   | passed | = 1      | 1     | ∘                                                            |
--- stderr
-e:1:1: 'broken.json' is not a dump that can be read: 1 bad line, 0 objects; line 1, column 1: invalid string in json text
  read broken.json
  ^
-e:1:1: no command 'nonsense'; 'help' lists the commands
  nonsense
  ^
-e:1:1: check failed: 1 = 2: expected = 2, found 1
  expect 1 = 2
  ^
--- status 3
--- cmd
memsee -e "expect 1 = 2" "expect 1 = 1" "expect 2 = 2" >/dev/null
--- stderr
-e:1:1: check failed: 1 = 2: expected = 2, found 1
  expect 1 = 2
  ^
3 checks: 2 passed, 1 failed
--- status 1
--- cmd
memsee -e "expect 1 = 1" >/dev/null
--- stderr
1 check: 1 passed, 0 failed
