The shipped reports say something sensible of any dump, and warn of nothing.
--- unless valgrind
--- use tiny_py27.json
--- use tiny_py310.json
--- use strings_py310.json
--- cmd
for dump in tiny_py27.json tiny_py310.json strings_py310.json
do
	for report in summary suspects owners cycles duplicates collections strings
	do
		memsee -q $report $dump > $report.md || echo "$report $dump: status $?"
		head -n 1 $report.md
	done
	memsee -q -D type=dict types $dump > types.md && head -n 1 types.md
	memsee -q -D what="type = 'dict'" why $dump > why.md && head -n 1 why.md
done
--- stdout
# What is in this heap
# What is probably leaking
# What owns the heap
# Reference cycles
# Equal values stored more than once
# Containers
# Texts
# The type dict
# Why these objects are alive
# What is in this heap
# What is probably leaking
# What owns the heap
# Reference cycles
# Equal values stored more than once
# Containers
# Texts
# The type dict
# Why these objects are alive
# What is in this heap
# What is probably leaking
# What owns the heap
# Reference cycles
# Equal values stored more than once
# Containers
# Texts
# The type dict
# Why these objects are alive
