Each mistake on the command line is one line, with the nearest right word, and status 2.
--- cmd
memsee --formt csv -e 'echo x'
--- stderr
memsee: no option '--formt'; did you mean '--format'?
--- status 2
--- cmd
memsee -f markdwn -e 'echo x'
--- stderr
memsee: no format 'markdwn'; did you mean 'markdown'?
--- status 2
--- cmd
memsee -x
--- stderr
memsee: no option '-x'; 'memsee --help' lists them
--- status 2
--- cmd
memsee -o
--- stderr
memsee: --output needs TARGET
--- status 2
--- cmd
memsee -D nonsense -e 'echo x'
--- stderr
memsee: --define takes NAME=VALUE, not 'nonsense'
--- status 2
--- cmd
memsee --progress sometimes -e 'echo x'
--- stderr
memsee: --progress takes auto, always or never, not 'sometimes'
--- status 2
--- cmd
memsee -e
--- stderr
memsee: -e needs commands; 'memsee --help' shows how
--- status 2
--- cmd
memsee
--- stderr
memsee: no script given; 'memsee --help' shows how
--- status 2
