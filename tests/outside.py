#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Heaps from outside: cores that are cut, spoilt and made up; running processes, where
tracing is allowed; and both against the dumper in the same process.

    outside.py [--all]

With --all the cores alone: cut at every page, and ten times as many spoilt ones."""
import ctypes
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

from tap import BUILD, MEMSEE, TOP, Tap

HERE = TOP / "tests" / "outside"
CORES = [TOP / "tests" / "data" / f"leaky_core_{i}.zst" for i in range(3)]
SECONDS = 60
MEMORY_MAX = 400 << 10  # KiB


def memsee(*arguments, **options):
    return subprocess.run([MEMSEE, "-f", "csv", "--sysroot", "/nowhere", *arguments],
                          **{"capture_output": True, "text": True, "timeout": SECONDS,
                             "errors": "replace",
                             "env": {**os.environ, "MEMSEE_REPORTS": str(TOP / "reports")},
                             **options})


def problem_of(run):
    """None when a core was read, whole or in part, or refused in one clear line."""
    lines = [line for line in run.stderr.splitlines() if line.startswith("memsee") or ":1:" in line]
    if run.returncode == 0:
        return None
    if run.returncode == 3 and lines and "internal error" not in run.stderr:
        return None
    return f"status {run.returncode}: {run.stderr[:300]}"


def unpacked():
    return subprocess.run(["zstd", "-dc", CORES[2]], capture_output=True, check=True).stdout


def segments(core):
    """The program headers of an ELF file: type, flags, offset, address, ..."""
    count = struct.unpack_from("<H", core, 56)[0]
    return [struct.unpack_from("<IIQQQQQQ", core, 64 + 56 * i) for i in range(count)]


def damaged_cores(core, whole):
    """(what was done, bytes): cut, flipped, and with hostile words; many when `whole`."""
    rng = random.Random(2026)
    page, times = 4096, 10 if whole else 1
    pages = range(len(core) // page)
    for at in [0, 1, 64, 200] + [p * page for p in (pages if whole else rng.sample(pages, 20))]:
        yield f"cut at {at}", core[:at]
    heads = segments(core)
    loads = [s for s in heads if s[0] == 1]
    for i in range(40 * times):
        spoilt = bytearray(core)
        head = i % 4 == 0
        for _ in range(rng.choice((1, 20, 400, 5000))):
            where = rng.randrange(64, 64 + 56 * len(heads) + 4000) if head else rng.randrange(len(core))
            spoilt[where] ^= 1 << rng.randrange(8)
        yield f"flipped {i}", bytes(spoilt)
    for i in range(16 * times):
        spoilt = bytearray(core)
        for _ in range(3000):
            where = rng.randrange(len(core) // 8) * 8
            _, _, _, start, _, size, _, _ = rng.choice(loads)
            word = rng.choice((start + rng.randrange(size) // 16 * 16, 2 ** 64 - 8,
                               2 ** 63, start - 8, start + size - 8, 1, 2 ** 40))
            struct.pack_into("<Q", spoilt, where, word % 2 ** 64)
        yield f"hostile {i}", bytes(spoilt)


def check_damage(tap, room, whole=False):
    """Each is read in a child whose memory is bounded: what a core says costs no more."""
    core, problems, slowest, largest = unpacked(), [], 0, 0
    for what, data in damaged_cores(core, whole):
        path = pathlib.Path(room) / "core"
        path.write_bytes(data)
        start = time.monotonic()
        try:
            run = memsee("-e", f"read {path}", "select count(*) from obj")
            problem = problem_of(run)
            if not problem and what.startswith("cut") and len(data) >= 4096 and (
                    "breaks off" not in run.stderr):
                problem = f"it does not say so: {run.stderr}"
        except subprocess.TimeoutExpired:
            problem = "it does not end"
        slowest = max(slowest, time.monotonic() - start)
        largest = max(largest, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        if problem:
            problems.append(f"{what}: {problem}")
    tap.none(problems, "a damaged core is a partial heap or one clear line")
    tap.ok(largest < MEMORY_MAX, "a damaged core takes no more memory than it may",
           [f"{largest} KiB"])
    if whole:
        print(f"# {slowest:.1f} s and {largest // 1024} MiB at most")


def check_missing(tap, room):
    """A core without the pages of files, and files of another build."""
    core = bytearray(unpacked())
    heads = segments(core)
    note = next(s for s in heads if s[0] == 4)
    notes = bytes(core[note[2]:note[2] + note[5]])
    mapped = files_of(notes)
    for i, segment in enumerate(heads):
        if segment[0] == 1 and any(a <= segment[3] < b for a, b, path in mapped
                                   if "libpython" in path):
            struct.pack_into("<Q", core, 64 + 56 * i + 32, 0)  # no bytes of it
    path = pathlib.Path(room) / "core"
    path.write_bytes(core)
    run = memsee("-e", f"read {path}")
    library = next(path for _, _, path in mapped if "libpython" in path)
    expected = [run.returncode == 3, f"'/nowhere{library}' cannot be read" in run.stderr,
                "--sysroot DIR" in run.stderr]
    tap.ok(all(expected), "a file that is missing is named", [run.stderr])
    kind = core.index(struct.pack("<I", 0x46494c45), note[2])
    core[kind] = 0
    path.write_bytes(core)
    run = memsee("-e", f"read {path}")
    tap.ok(run.returncode == 3 and "does not list the files of its process" in run.stderr,
           "a core without a list of files is refused", [run.stderr])


def files_of(notes):
    """(start, end, path) of NT_FILE."""
    at = 0
    while at < len(notes):
        namesz, descsz, kind = struct.unpack_from("<III", notes, at)
        desc = at + 12 + (namesz + 3) // 4 * 4
        if kind == 0x46494c45:
            n = struct.unpack_from("<Q", notes, desc)[0]
            names = notes[desc + 16 + n * 24:desc + descsz].split(b"\0")
            return [(*struct.unpack_from("<QQ", notes, desc + 16 + i * 24), names[i].decode())
                    for i in range(n)]
        at = desc + (descsz + 3) // 4 * 4
    return []


# --- running processes --------------------------------------------------------------------

def tracing_refused():
    """Why a process of ours may not be traced here; None when it may."""
    child = subprocess.Popen(["sleep", "60"])
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    seize, detach, interrupt = 0x4206, 17, 0x4207
    refused = None
    if libc.ptrace(seize, child.pid, None, None) != 0:
        refused = os.strerror(ctypes.get_errno())
    else:
        libc.ptrace(interrupt, child.pid, None, None)
        os.waitpid(child.pid, 0x40000000)
        libc.ptrace(detach, child.pid, None, None)
    child.kill()
    child.wait()
    return refused


def python_is_known():
    return (sys.implementation.name == "cpython" and (3, 8) <= sys.version_info[:2] <= (3, 15)
            and not getattr(sys, "abiflags", ""))


class Running:
    """The program of tests/outside/objects.py, which has dumped itself."""

    def __init__(self, room):
        self.dump = pathlib.Path(room) / "dumped.json"
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "objects.py"), "300", str(self.dump)],
            stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(TOP / "reports")})
        assert self.process.stdout.readline() == "ready\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def check_live(tap, room):
    with Running(room) as program:
        pid = str(program.process.pid)
        outs = {}
        for by in ("fork", "copy"):
            out = pathlib.Path(room) / f"{by}.json"
            run = memsee("--snap", pid, "--by", by, "-o", str(out))
            tap.ok(run.returncode == 0, f"a process is dumped by {by}", [run.stderr])
            outs[by] = out
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
        tap.ok("TracerPid:\t0" in status and not children and "\nState:\tT" not in status,
               "the process is as before", [status, children])
        modes = {by: oct(out.stat().st_mode & 0o777) for by, out in outs.items()}
        tap.ok(set(modes.values()) == {"0o600"}, "only its owner can read the dump", [modes])
        result = subprocess.run([sys.executable, str(HERE / "compare.py"), "--want",
                                 str(program.dump), str(outs["fork"])],
                                capture_output=True, text=True)
        tap.ok(result.returncode == 0, "it is what the dumper finds in the process",
               [result.stdout + result.stderr])
        run = memsee("--snap", pid, "-e", "select count(*) as n from obj where type = 'Plain'")
        plain = sum('"type": "Plain"' in line for line in program.dump.open())
        tap.ok(run.stdout.split()[-1:] == [str(plain)], "commands read it without a file",
               [run.stdout, run.stderr])
        run = memsee("--snap", pid, "--every", "1", "--count", "3", "leak-check")
        tap.ok(run.returncode == 0, "three rounds go into one report",
               [run.stdout[:200], run.stderr])
        lost = []
        for wait in range(8):
            snap = subprocess.Popen([MEMSEE, "--snap", pid, "--by", "fork", "-o",
                                     str(outs["fork"])], stderr=subprocess.PIPE)
            time.sleep(0.01 * wait)
            os.kill(program.process.pid, signal.SIGSTOP)
            said = snap.communicate()[1]
            time.sleep(0.05)
            if "\nState:\tT" not in pathlib.Path(f"/proc/{pid}/status").read_text():
                lost.append(f"after {10 * wait} ms: {said}")
            os.kill(program.process.pid, signal.SIGCONT)
        tap.ok(not lost, "a stop that comes while it is read is not lost", lost)
        os.kill(program.process.pid, signal.SIGSTOP)
        while "\nState:\tT" not in pathlib.Path(f"/proc/{pid}/status").read_text():
            time.sleep(0.01)
        run = memsee("--snap", pid, "-o", str(outs["fork"]))
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        tap.ok(run.returncode == 0 and "\nState:\tT" in status,
               "a stopped process is read and stays stopped", [run.stderr])


def check_end(tap, room):
    """The process is killed at each of memsee's calls of open() in turn."""
    shim, log = BUILD / "tests" / "faults" / "inject.so", pathlib.Path(room) / "calls"
    wrong, whole, at = [], 0, 0
    while True:
        at += 1
        log.unlink(missing_ok=True)
        with subprocess.Popen([sys.executable, "-c", "print(1, flush=True); input()"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as victim:
            victim.stdout.readline()
            run = memsee("-q", "--snap", str(victim.pid), "-e", "select count(*) > 1000 from obj",
                         env={**os.environ, "LD_PRELOAD": str(shim), "FAULT_KIND": "open",
                              "FAULT_AT": str(at), "FAULT_KILLS": str(victim.pid),
                              "FAULT_LOG": str(log)})
            struck = "struck" in log.read_text().split()
            victim.kill()
        if not struck:
            break
        if run.returncode == 0 and run.stdout.split()[-1:] == ["1"]:
            whole += 1
        elif run.returncode != 3 or " ended" not in run.stderr.splitlines()[0] or whole > 0:
            wrong.append(f"call {at}: status {run.returncode}, {run.stdout!r} {run.stderr!r}")
    tap.ok(not wrong and whole > 5, "a process that ends once its memory is taken is told whole",
           [f"{whole} whole of {at}", *wrong])


MANY = """
class P:
    __slots__ = ("a", "b")
    def __init__(self, i):
        self.a, self.b = i, str(i)
kept = [P(i + 10**6) for i in range(400000)]
print("ready", flush=True)
input()
"""
SMALL = """
import asyncio, decimal, email, http.server, json, logging.config, unittest, xml.dom.minidom
kept = [str(i) for i in range(60000)]
print("ready", flush=True)
input()
"""


# The peak of a child counts that of its parent until exec(), so the parent is a small one.
MEASURE = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(status, usage.ru_maxrss)
"""


def check_memory(tap, room):
    """A million small objects in a core that holds little else, and a core of some 20 MB."""
    for program, name in (MANY, "a core is read in no more memory than it has"), (
            SMALL, "so is a small one"):
        if not shutil.which("gcore"):
            tap.skip(name, "no gcore")
            continue
        with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "ready\n"
            core = f"{room}/core.{process.pid}"
            gcore = subprocess.run(["gcore", "-o", f"{room}/core", str(process.pid)],
                                   capture_output=True, text=True)
            process.kill()
        if not os.path.exists(core):
            tap.ok(False, name, [gcore.stdout, gcore.stderr])
            continue
        run = subprocess.run([sys.executable, "-S", "-c", MEASURE, MEMSEE, "-q", "-e",
                              f"read {core}"], capture_output=True, text=True)
        status, peak = map(int, run.stdout.split())
        size = os.path.getsize(core) >> 10
        tap.ok(status == 0 and peak <= size, name,
               [f"status {status}, {peak} KiB for {size} KiB", run.stderr])
        os.unlink(core)


def check_permissions(tap):
    """Another user's process: one line that says whose it is and what to do."""
    with tempfile.TemporaryDirectory() as room, subprocess.Popen(["sleep", "60"]) as child:
        root = os.geteuid() == 0
        program, pid = (f"{room}/memsee", child.pid) if root else (MEMSEE, 1)
        shutil.copy(MEMSEE, room)  # its own folder may be closed to others
        os.chmod(room, 0o755)
        run = subprocess.run([program, "-q", "--snap", str(pid), "-e", "select 1"],
                             capture_output=True, text=True, cwd="/",
                             **({"user": 65534, "group": 65534, "extra_groups": []} if root
                                else {}))
        child.kill()
        said = run.stderr.splitlines()[0]
        tap.ok(run.returncode == 3 and "belongs to user root (0): run memsee as root" in said,
               "another user's process is refused with what to do", [run.stderr])


def check_states(tap):
    run = subprocess.run([sys.executable, str(HERE / "stress.py"), "--count", "3", "sleep",
                          "busy", "threads", "collect"], capture_output=True, text=True,
                         env={**os.environ, "MEMSEE": MEMSEE})
    tap.ok(run.returncode == 0, "no program notices snapshots", [run.stdout, run.stderr])
    run = subprocess.run([sys.executable, str(HERE / "stress.py"), "--count", "3", "--by",
                          "inject", "sleep", "busy", "threads", "native"], capture_output=True,
                         text=True, env={**os.environ, "MEMSEE": MEMSEE})
    tap.ok(run.returncode == 0, "a script runs in a process that does not notice",
           [run.stdout, run.stderr])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as room:
        if "--all" in sys.argv[1:]:
            check_damage(tap, room, whole=True)
            tap.done()
            return
        check_damage(tap, room)
        check_missing(tap, room)
        refused = tracing_refused()
        if refused:
            tap.skip("running processes", f"ptrace: {refused}")
        elif not python_is_known():
            tap.skip("running processes", f"python3 here is {sys.version.split()[0]}")
        else:
            check_live(tap, room)
            if os.environ.get("MEMSEE_SANITIZERS") != "yes": # they add memory, and preload
                check_end(tap, room)
                check_memory(tap, room)
            check_permissions(tap)
            check_states(tap)
    tap.done()


if __name__ == "__main__":
    main()
