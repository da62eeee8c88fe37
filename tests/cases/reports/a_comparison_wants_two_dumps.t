One dump alone is no comparison.  It is told what is missing rather than which number, and
no sentence says that nothing changed.
--- use tiny_py310.json
--- cmd
for report in diff trend; do
	memsee -q $report tiny_py310.json 2>&1 >report.md | head -n 1
	grep -c -e 'From ' -e 'went from' -e 'No type' report.md
done
--- stdout
memsee diff: a comparison takes two dumps at least, and there is only one; name another
0
memsee trend: a comparison takes two dumps at least, and there is only one; name another
0
--- status 1
