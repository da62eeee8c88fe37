#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is found from outside, against memsee's dumper in the same process, by every Python
that is here.

    versions.py [--pythons FOLDER] [--chroot FOLDER] [NAME...]

FOLDER holds installations 3.8.18, 3.9.18, ...; the chroot has its own in /usr/bin.  For
each of them: the objects of objects.py, and the report of leaks of leaky.py from three
dumps, three snapshots and three cores, which gcore takes.  With /usr/bin/python3 the
programs of the folder `programs` whose packages are installed.  Names of Pythons or
programs choose some.  MEMSEE names the program; to be run as root."""
import argparse
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
REPORTS = TOP / "reports"
MEMSEE = os.environ.get("MEMSEE", "memsee")
KNOWN = re.compile(r"3\.(8|9|1[0-5])(\.|$)")
IN_CHROOT = """mount -t proc proc "$0/proc"
exec chroot "$0" /bin/sh -c 'cd "$0" && exec "$@"' "$@\""""


class Python:
    """How to run one: by name, perhaps within another root."""

    def __init__(self, name, path, root=""):
        self.name, self.path, self.root = name, path, root

    def start(self, room, *arguments):
        """Runs a program with the files it needs in `room`, which is beneath the root."""
        for file in (REPORTS / "memsee_dump.py", *HERE.glob("*.py"),
                     *(HERE / "programs").glob("*.py")):
            shutil.copy(file, room)
        inside = str(room)[len(self.root):] if self.root else str(room)
        command = [self.path, "-B", *(a.replace(str(room), inside) for a in arguments)]
        if self.root:
            command = ["unshare", "--mount", "sh", "-c", IN_CHROOT, self.root, inside, *command]
        return subprocess.Popen(
            command, cwd=room, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": inside},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)))


def pythons(folder, chroot):
    found = []
    for path in sorted(pathlib.Path(folder).glob("*/bin/python3")) if folder else []:
        version = path.parent.parent.name
        if KNOWN.match(version):
            found.append(Python(version, str(path)))
    for path in sorted(pathlib.Path(chroot).glob("usr/bin/python3.*")) if chroot else []:
        if KNOWN.fullmatch(path.name[6:]):
            found.append(Python(path.name[6:], "/usr/bin/" + path.name, str(chroot)))
    return sorted(found, key=lambda p: [int(n) for n in p.name.split(".")])


def room_for(python):
    return tempfile.TemporaryDirectory(dir=python.root + "/tmp" if python.root else None)


def wait_for(process, word):
    """The line that begins with the word, which the program says; None once it has ended."""
    for line in process.stdout:
        if line.startswith(word):
            return line
    return None


def memsee(*arguments):
    return subprocess.run([MEMSEE, "-q", *arguments], capture_output=True, text=True,
                          env={**os.environ, "MEMSEE_REPORTS": str(REPORTS)})


def compared(python, program, *arguments):
    """The parts of what the dumper found, one line; None when the program does not run."""
    with room_for(python) as room:
        dump, taken = f"{room}/dumped.json", f"{room}/taken.json"
        process = python.start(room, f"{room}/{program}", *arguments, dump)
        line = wait_for(process, "ready")
        if line is None:
            process.wait()
            return None
        pid = line.split()[1] if line.split()[1:] else str(process.pid)
        time.sleep(0.3)
        run = memsee("--snap", pid, "-o", taken)
        process.kill()
        process.wait()
        if run.returncode != 0:
            return False, run.stderr.strip()
        run = subprocess.run([sys.executable, str(HERE / "compare.py"), "--want", dump, taken],
                             capture_output=True, text=True)
        return run.returncode == 0, " ".join(run.stdout.split())


def verdict_of(python, dumps):
    """Classes with their states, growth and chains, from the report of leaks: what it says
    of places, but for sizes of modules, in which every dumper has other objects."""
    run = memsee("-f", "csv", *(["--sysroot", python.root] if python.root else []),
                 "leak-check", *dumps)
    tables = run.stdout.split("\n\n")
    if run.returncode != 1 or len(tables) < 2:
        return run.stderr.strip()
    return tables[0] + re.sub(r",\d+,\d+,", ",", tables[1])


def leaks(python):
    with room_for(python) as room:
        process = python.start(room, f"{room}/leaky_dumped.py", f"{room}/d")
        ways = {"dumps": [], "snapshots": [], "cores": []}
        for stage in range(3):
            if wait_for(process, "dumped") is None:
                return False, "it does not run"
            pid = str(process.pid)
            run = memsee("--snap", pid, "-o", f"{room}/s{stage}.json")
            subprocess.run(["gcore", "-o", f"{room}/core", pid], capture_output=True)
            os.rename(f"{room}/core.{pid}", f"{room}/c{stage}")
            ways["dumps"].append(f"{room}/d{stage}.json")
            ways["snapshots"].append(f"{room}/s{stage}.json")
            ways["cores"].append(f"{room}/c{stage}")
            if run.returncode != 0:
                return False, run.stderr.strip()
            process.stdin.write("\n")
            process.stdin.flush()
        process.kill()
        process.wait()
        said = {way: verdict_of(python, dumps) for way, dumps in ways.items()}
        same = len(set(said.values())) == 1 and "LeakedSession" in said["dumps"]
        return same, "the same from dumps, snapshots and cores" if same else str(said)


def counted(dump, root):
    run = memsee("-f", "csv", *(["--sysroot", root] if root else []), "-e", f"read {dump}",
                 "select count(*), (select count(*) from ref) from obj")
    return run.stdout.split()[-1:] or run.stderr


def core_of_kernel(python):
    """What the kernel writes of a process that aborts, with its own filter: the same heap
    as that of a snapshot before.  None where cores do not become files in the folder."""
    if pathlib.Path("/proc/sys/kernel/core_pattern").read_text().strip() != "core":
        return None
    with room_for(python) as room:
        process = python.start(room, f"{room}/leaky.py")
        if wait_for(process, "ready") is None:
            return False, "it does not run"
        time.sleep(0.5)  # until it waits for its line
        memsee("--snap", str(process.pid), "-o", f"{room}/taken.json")
        process.send_signal(signal.SIGABRT)
        process.wait()
        core = next(pathlib.Path(room).glob("core*"), None)
        said = [counted(f"{room}/taken.json", ""), counted(core, python.root)]
        return said[0] == said[1], f"objects and references {said[0]}, in the core {said[1]}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--pythons")
    options.add_argument("--chroot")
    options.add_argument("names", nargs="*")
    options = options.parse_args()
    bad = 0

    def say(name, what, result):
        nonlocal bad
        if result is None:
            print(f"{name}: {what}: not possible here", flush=True)
            return
        bad += not result[0]
        print(f"{name}: {what}: {'' if result[0] else 'NOT '}{result[1]}", flush=True)

    for python in pythons(options.pythons, options.chroot):
        if not options.names or python.name in options.names:
            say(python.name, "objects", compared(python, "objects.py", "300"))
            say(python.name, "leaks", leaks(python))
            say(python.name, "kernel's core", core_of_kernel(python))
    debian = Python("Debian", "/usr/bin/python3")
    for program in sorted(path.name for path in (HERE / "programs").glob("*.py")):
        if not options.names or program[:-3] in options.names:
            say("Debian", program[:-3], compared(debian, program))
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
