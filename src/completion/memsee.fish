# SPDX-License-Identifier: MIT
# Completion for fish: the program itself says what there is.
complete -c memsee -a '(memsee --list-reports | string replace -r " .*" "")'
complete -c memsee -s e -l execute -x -a '(memsee --list-commands | string replace -r " .*" "")'
complete -c memsee -s f -l format -x -a 'markdown csv dot text json html svg'
complete -c memsee -l progress -x -a 'auto always never'
complete -c memsee -l annotate -x -a github
complete -c memsee -s o -l output -r
complete -c memsee -s d -l database -r
complete -c memsee -s D -l define -x
complete -c memsee -n 'string match -q -- "-*" (commandline -ct)' \
    -a '(memsee --help | string match -ra -- "--[a-z-]+")'
