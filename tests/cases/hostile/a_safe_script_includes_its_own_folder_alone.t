An include outside of the script's folder, also through a link, would read any file.
--- file outside.memsee
echo outside
--- file folder/inside.memsee
echo inside
--- file folder/script.memsee
include inside.memsee
include ../outside.memsee
include link.memsee
include /etc/passwd
--- cmd
ln -s ../outside.memsee folder/link.memsee
memsee -q --safe --keep-going folder/script.memsee
--- stdout
inside
--- stderr
folder/script.memsee:2:1: --safe: 'include' outside of the script's folder: '../outside.memsee'
  include ../outside.memsee
  ^
folder/script.memsee:3:1: --safe: 'include' outside of the script's folder: 'link.memsee'
  include link.memsee
  ^
folder/script.memsee:4:1: --safe: 'include' outside of the script's folder: '/etc/passwd'
  include /etc/passwd
  ^
--- status 2
