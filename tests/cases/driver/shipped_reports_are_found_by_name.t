A bare name that is no file here, as a folder is not, is one of the shipped reports; a file here comes first.
--- file shipped/answer.memsee
# answer - says 42
#
# usage: memsee answer
echo shipped 42
--- file shipped/other.memsee
# other - says nothing
--- cmd
export MEMSEE_REPORTS=shipped
memsee answer
memsee --list-reports
memsee answer --help
--- stdout
shipped 42
answer         says 42
other          says nothing
answer - says 42

usage: memsee answer
--- cmd
MEMSEE_REPORTS=shipped memsee answr
--- stderr
memsee: no script and no report 'answr'; did you mean 'answer'?
--- status 2
--- cmd
echo 'echo local' >answer
MEMSEE_REPORTS=shipped memsee answer
--- stdout
local
--- cmd
rm answer; mkdir answer
MEMSEE_REPORTS=shipped memsee answer
--- stdout
shipped 42
