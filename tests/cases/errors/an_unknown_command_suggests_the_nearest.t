A typing mistake names file, line and column, shows the line and what was probably meant.
--- file typo.memsee
# a comment
select 1 as a
selct 2
--- cmd
memsee -f csv typo.memsee
--- stdout
a
1
--- stderr
typo.memsee:3:1: no command 'selct'; did you mean 'select'?
  selct 2
  ^
--- status 2
--- cmd
memsee -e 'xyzzy 1'
--- stderr
-e:1:1: no command 'xyzzy'; 'help' lists the commands
  xyzzy 1
  ^
--- status 2
