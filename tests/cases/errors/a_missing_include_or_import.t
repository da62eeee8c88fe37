Files that a script names are looked for where the script says, and missed in one line.
--- cmd
memsee --keep-going -e 'include nosuch.memsee' 'import nosuch.csv'
--- stderr
-e:1:1: no script and no report 'nosuch.memsee'; --list-reports shows the reports
  include nosuch.memsee
  ^
-e:1:1: cannot read 'nosuch.csv': No such file or directory
  import nosuch.csv
  ^
--- status 3
