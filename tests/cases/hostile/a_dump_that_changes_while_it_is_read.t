What a dump's file holds when its end is reached is read; a line that breaks off is told.
--- needs python3
--- unless valgrind
--- file change.py
# change.py grow|shrink: lets memsee read a part of a dump, stops it, and changes the rest.
import os, signal, subprocess, sys
LINE = '{"address": %d, "type": "a", "size": 1, "refs": []}\n'
def write(mode, start, end):
    with open("d.json", mode) as f:
        f.writelines(LINE % i for i in range(start, end))
def place(pid):
    """How far a process is in the file, 0 when it does not have it open."""
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            if os.readlink(f"/proc/{pid}/fd/{fd}").endswith("/d.json"):
                with open(f"/proc/{pid}/fdinfo/{fd}") as f:
                    return int(f.readline().split()[1])
    except OSError:
        pass
    return 0
for attempt in range(100):
    write("w", 1, 400001)
    whole = os.path.getsize("d.json")
    memsee = subprocess.Popen(
        ["memsee", "-f", "csv", "-e", "read d.json",
         "select count(*) = max(address) as gapless from obj"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while place(memsee.pid) == 0 and os.waitid(
            os.P_PID, memsee.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        pass
    memsee.send_signal(signal.SIGSTOP)
    caught = 0 < place(memsee.pid) < whole // 2
    if caught and sys.argv[1] == "grow":
        write("a", 400001, 400101)
    elif caught:
        with open("d.json", "rb+") as f:
            f.seek(whole // 2)
            f.readline()
            f.truncate(f.tell() + 7)
    memsee.send_signal(signal.SIGCONT)
    said = memsee.communicate()[0]
    if caught: # else it was faster: once more
        print(said, end="")
        sys.exit(memsee.returncode)
--- cmd
python3 change.py grow
--- stdout
400100 (400.1K) objects and 0 references totalling 400100 (400.1K) bytes
gapless
1
--- cmd
python3 change.py shrink
--- stdout
memsee: warning: d.json:200994:8: the object breaks off
memsee: warning: d.json: 1 of 200994 lines skipped
memsee: warning: d.json: the last line breaks off
200993 (201.0K) objects and 0 references totalling 200993 (201.0K) bytes
gapless
1
