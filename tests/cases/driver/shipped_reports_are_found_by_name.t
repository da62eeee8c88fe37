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
--- cmd
rmdir answer
echo 'echo $who $1 $2 $3' >shipped/greet.memsee
MEMSEE_REPORTS=shipped memsee greet -D who=you one -- two -v
MEMSEE_REPORTS=shipped memsee greet one -D who=me -o greet.txt two three; cat greet.txt
MEMSEE_REPORTS=shipped memsee greet -D who=them --help
echo 'echo $1 $2' >own.memsee
MEMSEE_REPORTS=shipped memsee own.memsee -D who=you
MEMSEE_REPORTS=shipped memsee greet one -x
--- stdout
you one two -v
me one two three
shipped/greet.memsee does not describe itself
`-D who=you`
--- stderr
memsee: no option '-x'; 'memsee --help' lists them
--- status 2
