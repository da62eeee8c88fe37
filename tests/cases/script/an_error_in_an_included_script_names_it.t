The place is the one in the script that is wrong.
--- file outer.memsee
include inner.memsee
--- file inner.memsee

selct
--- cmd
memsee outer.memsee
--- stderr
inner.memsee:2:1: no command 'selct'; did you mean 'select'?
  selct
  ^
--- status 2
