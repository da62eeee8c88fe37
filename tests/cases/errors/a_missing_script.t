One line and status 2: no such script, neither a file nor a shipped report.
--- cmd
memsee no-such-script
--- stderr
memsee: no script and no report 'no-such-script'; --list-reports shows the reports
--- status 2
--- cmd
memsee no/such/script.memsee
--- stderr
memsee: cannot open script 'no/such/script.memsee': No such file or directory
--- status 2
--- cmd
mkdir folder; memsee folder
--- stderr
memsee: cannot read script 'folder': Is a directory
--- status 2
