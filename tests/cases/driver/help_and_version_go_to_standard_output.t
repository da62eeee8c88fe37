What is asked for is no error.
--- cmd
memsee --version | sed 's/[0-9.]*$/N/'
memsee --help | head -n 2
memsee --help extra | head -n 1
--- stdout
memsee N
usage: memsee [OPTION]... SCRIPT [ARG]...    run a script or a shipped report
       memsee [OPTION]... -e COMMAND...      run commands
usage: memsee [OPTION]... SCRIPT [ARG]...    run a script or a shipped report
