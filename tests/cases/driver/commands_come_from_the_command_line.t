With -e every word is a command, run in order in one session.
--- cmd
memsee -e 'select 1 as a' 'select a + 1 as b from #0'
--- stdout
|   a |
| --: |
|   1 |

|   b |
| --: |
|   2 |
--- cmd
memsee -e 'select 1 as a' 'selct 2'
--- stdout
|   a |
| --: |
|   1 |
--- stderr
-e:1:1: no command 'selct'; did you mean 'select'?
  selct 2
  ^
--- status 2
