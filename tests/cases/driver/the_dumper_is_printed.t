The file that makes dumps comes out whole, from beside the reports.
--- file shipped/memsee_dump.py
print("stands in for it")
--- cmd
MEMSEE_REPORTS=shipped memsee --print-dumper
--- stdout
print("stands in for it")
--- cmd
MEMSEE_REPORTS=nowhere memsee --print-dumper
--- stderr
memsee: cannot read 'nowhere/memsee_dump.py': No such file or directory
--- status 3
