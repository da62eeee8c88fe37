A line is held as long as it is read and no longer; how long one may be has a limit.
--- needs python3
--- unless valgrind sanitizers
--- file make.py
import sys
good = '{"address": %d, "type": "a", "size": 1, "refs": []}\n'
print(good % 1 + good % 2, end="")
print('{"address": 3, "type": "str", "size": 1, "value": "', end="")
for i in range(64):
    print("x" * (1 << 20), end="")
print('", "refs": []}')
print(" " * (1 << 23), end="")
print("\n" + good % 4, end="")
--- file peak.py
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
if used > int(sys.argv[1]):
    print(used, "MB, not", sys.argv[1])
sys.exit(status)
--- cmd
python3 make.py | python3 peak.py 500 memsee -q -f csv -e 'read -' 'select count(*) n, max(length(value)) longest from obj'
--- stdout
n,longest
4,67108864
