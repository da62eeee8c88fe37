Nesting without end takes neither stack nor memory without end.
--- needs python3
--- unless valgrind sanitizers
--- file make.py
good = '{"address": %d, "type": "a", "size": 1, "refs": []}\n'
with open("deep.json", "w") as f:
    f.write(good % 1 + good % 2)
    for head in ('{"address": 3, "type": "a", "size": 1, "refs": ', '{"address": ', '{"x": '):
        f.write(head)
        for i in range(100):
            f.write("[" * 34000)
        f.write("\n")
    f.write(good % 4 + good % 5)
--- file peak.py
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
if used > int(sys.argv[1]):
    print(used, "MB, not", sys.argv[1])
sys.exit(status)
--- cmd
python3 make.py
python3 peak.py 100 memsee -q -f csv -e 'read deep.json' 'select count(*) n from obj'
--- stdout
n
4
--- stderr
memsee: warning: deep.json:3:49: 'refs' holds a list, not only addresses
memsee: warning: deep.json:4:13: 'address' is a list, not an integer
memsee: warning: deep.json:5:70: nested too deeply
memsee: warning: deep.json: 3 of 7 lines skipped
