A program that was built and not installed, or moved with its prefix, finds the reports that belong to it.
--- unless valgrind
--- file answer.memsee
# answer - says where it is
#
# usage: memsee answer
echo $here
--- cmd
unset MEMSEE_REPORTS
for place in prefix/share/memsee/reports clone/reports tree/reports
do
    mkdir -p $place
    echo "default here $place" | cat - answer.memsee >$place/answer.memsee
    cp $place/answer.memsee $place/suspects.memsee
done
mkdir -p prefix/bin tree/build
for program in prefix/bin clone tree/build
do
    cp "$(command -v memsee)" $program/
    $program/memsee answer
done
--- stdout
prefix/share/memsee/reports
clone/reports
tree/reports
--- cmd
unset MEMSEE_REPORTS; mkdir empty
ln -s ../clone/memsee empty/link
empty/link answer
MEMSEE_REPORTS=tree/reports clone/memsee answer
--- stdout
clone/reports
tree/reports
