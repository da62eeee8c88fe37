#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whatever call fails, memsee says so in one line and loses nothing.

    faults.py                   a sample of the faults below, reported in TAP
    faults.py --all             every one of them (`make faults`): some minutes
    faults.py --only KIND[:N]   those of one kind, or one of them, for finding out why

Two scripts run with tests/faults/inject.c preloaded, which makes their n-th read, write,
sync, rename, open, truncation, memory map, allocation or start of a thread fail: once, or
from then on as a full disk does; for reads and writes also by moving half of the bytes.
One script makes a database and reports in every format; the other has a database with a
generation, adds a second one, deletes garbage and goes back to a backup.  A third one reads
two dumps by one command, and is killed at its n-th write, sync or truncation instead: the
next memsee that opens the database finds all of the command or nothing.  After each run:

* the exit status is 0, with the outputs that a run without fault has, or 3 with one line
  (one for each file, when several cannot be written);
* the database is sound and holds what it held between two of the commands;
* each output is whole or absent, and nothing else was left, in $TMPDIR either.
"""
import argparse
import collections
import gzip
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

from tap import BUILD, MEMSEE, TOP, Tap

SHIM = BUILD / "tests" / "faults" / "inject.so"
DUMP = TOP / "tests" / "data" / "tiny_py310.json"
SECOND = TOP / "tests" / "data" / "tiny_py27.json"
KINDS = ("read", "write", "sync", "rename", "open", "truncate", "map", "memory", "thread")
CUTS = ("cut-read", "cut-write")
KILLS = ("kill-write", "kill-sync", "kill-truncate")
SAMPLE = 150
JUNIT = "r.xml"
# Of several files that cannot be written each has its line, whatever came before.
WRITING = re.compile(r"memsee: cannot write '\S+': ")
# Status 2 says that there is no script, whyever.
SCRIPT = re.compile(r"memsee: cannot open script ")

Fault = collections.namedtuple("Fault", "kind at stays")

NEW = """\
create heap.db
read dump.json.gz
import extra.csv
title Faults
caption Types
select type, count(*) n, sum(size) bytes from obj group by type order by n desc, type
path from "address in 0&" to "type = 'int'"
dominators top 3
select e.note, o.address from extra e join obj o on o.type = e.type order by 2 limit 5
set first #1.0
expect (select count(*) from obj) > 5
"""
OLD = """\
backup
read dump.json
gc force
diff
cycles
select count(*) n from obj
restore
select count(*) n from obj
"""
TWO = "read dump.json second.json\n"


class Scene:
    """A script, the files that it starts from, and what a run without fault leaves."""

    def __init__(self, base, name, script, arguments):
        self.name, self.script, self.arguments = name, script, arguments
        self.start = base / f"{name}-start"
        self.folder = base / name
        self.tmp = base / "tmp"
        self.log = base / "log"
        self.start.mkdir()
        self.tmp.mkdir(exist_ok=True)
        (self.start / "script.memsee").write_text(script)
        (self.start / "extra.csv").write_text("type,note\nint,a number\nstr,a text\n")
        shutil.copyfile(DUMP, self.start / "dump.json")
        shutil.copyfile(SECOND, self.start / "second.json")
        (self.start / "dump.json.gz").write_bytes(gzip.compress(DUMP.read_bytes(), mtime=0))

    def prepare(self):
        """Finds out which states there are, and what there is to fail."""
        self.states = {self.state_after(n) for n in range(self.script.count("\n") + 1)}
        child = self.run(Fault("none", 0, False))
        assert child.returncode == 0 and not child.stderr, child.stderr.decode()
        self.final = digest(self.folder / "heap.db")
        self.whole = contents(self.folder)
        self.counts = dict(line.split() for line in self.log.read_text().splitlines())

    def state_after(self, count):
        """The database after so many commands."""
        self.reset()
        lines = "".join(self.script.splitlines(True)[:count])
        (self.folder / "script.memsee").write_text(lines)
        self.call({})
        return digest(self.folder / "heap.db")

    def reset(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.start, self.folder)
        self.log.unlink(missing_ok=True)

    def call(self, settings):
        env = {"PATH": os.environ["PATH"], "TMPDIR": str(self.tmp), "LC_ALL": "C.UTF-8",
               **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")},
               **settings}
        return subprocess.run([MEMSEE, "-q", *self.arguments, "script.memsee"],
                              cwd=self.folder, env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120)

    def run(self, fault):
        self.reset()
        asan = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        settings = {"LD_PRELOAD": str(SHIM), "FAULT_KIND": fault.kind,
                    "FAULT_AT": str(fault.at), "FAULT_LOG": str(self.log),
                    "ASAN_OPTIONS": asan}
        if fault.kind in KILLS:
            settings.update(FAULT_KIND=fault.kind.removeprefix("kill-"), FAULT_KILLS="self")
        if fault.stays:
            settings["FAULT_STAYS"] = "1"
        return self.call(settings)

    def struck(self):
        return self.log.exists() and "struck" in self.log.read_text().split()

    def faults(self):
        """All that there are, without looking whether they come to pass."""
        for kind in KINDS + CUTS:
            for at in range(1, int(self.counts[kind.removeprefix("cut-")]) + 1):
                for stays in (False, True) if kind not in CUTS else (False,):
                    yield Fault(kind, at, stays)

    def problems(self, fault):
        """What is wrong after a run with this fault."""
        child = self.run(fault)
        if fault.kind in KILLS:
            if child.returncode != -signal.SIGKILL:
                yield f"not killed, but status {child.returncode}"
            subprocess.run([MEMSEE, "-qq", "-d", "heap.db", "-e", "gen"], cwd=self.folder,
                           check=True, capture_output=True)
            if digest(self.folder / "heap.db") not in self.states:
                yield f"a database that never was: {digest(self.folder / 'heap.db')}"
            return
        said = child.stderr.decode(errors="replace").splitlines()
        messages = [line for line in said if not line.startswith("  ")]
        told = len(messages) == 1 or all(WRITING.match(m) for m in messages[1:])
        state = digest(self.folder / "heap.db")
        left = contents(self.folder)
        if child.returncode == 0:
            if messages:
                yield f"status 0 and a message: {messages}"
            if left != self.whole or state != self.final:
                yield "status 0, but not what is left otherwise"
        elif not (messages and told) or child.returncode != 3 and not SCRIPT.match(messages[0]):
            yield f"status {child.returncode}: {said}"
        if len(set(messages)) < len(messages):
            yield f"said twice: {messages}"
        if state not in self.states:
            yield f"a database that never was: {state}"
        for name, data in left.items():
            if name not in self.whole:
                yield f"left {name}"
            elif name == JUNIT and child.returncode != 0:
                if not data.endswith(b"</testsuites>\n"):
                    yield f"{name} is not whole"
            elif data != self.whole[name]:
                yield f"{name} is not whole"
        for path in self.tmp.iterdir():
            yield f"left {path.name} in $TMPDIR"
            path.unlink()


class Killed(Scene):
    """The same, killed where others fail."""

    def faults(self):
        for kind in KILLS:
            for at in range(1, int(self.counts[kind.removeprefix("kill-")]) + 1):
                yield Fault(kind, at, False)


def digest(path):
    """What a database holds, or why it is none."""
    if not path.exists():
        return "none"
    db = sqlite3.connect(path)
    db.execute("pragma synchronous = off")
    try:
        answer = db.execute("pragma integrity_check").fetchone()[0]
        if answer != "ok":
            return answer
        if not db.execute("select 1 from sqlite_schema where name = 'gen'").fetchone():
            return "empty"
        found = []
        for num, current in db.execute("select num, current from gen order by num"):
            suffix = "" if current else str(num)
            found.append((num, current) + db.execute(
                f"select (select count(*) || '/' || total(address) from obj{suffix}),"
                f" (select count(*) || '/' || total(child) from ref{suffix})").fetchone())
        # Whoever writes next ends what a failed rollback left, and its journal.
        version, = db.execute("pragma user_version").fetchone()
        db.execute(f"pragma user_version = {version}")
        return tuple(found)
    except sqlite3.Error as error:
        return str(error)
    finally:
        db.close()


def contents(folder):
    """Every file that is not a database by its path, and that there is one by its size."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found[name] = None if ".db" in name else path.read_bytes()
    return found


def scenes(base):
    outputs = [f"-o{name}" for name in ("r.md", "r.csv", "r.dot", "r.txt", "r.json", "all/")]
    new = Scene(base, "new", NEW, [*outputs, "--junit", JUNIT])
    old = Scene(base, "old", OLD, ["-o", "r.md", "-d", "heap.db"])
    subprocess.run([MEMSEE, "-q", "-d", old.start / "heap.db", "-e", f"read {DUMP}",
                    "delete from obj where type = 'int'"], check=True)
    two = Killed(base, "two", TWO, ["-d", "heap.db"])
    shutil.copyfile(old.start / "heap.db", two.start / "heap.db")
    return new, old, two


def chosen(options, scene):
    faults = list(scene.faults())
    if options.only:
        kind, _, at = options.only.partition(":")
        return [f for f in faults if f.kind == kind and at in ("", str(f.at))][::options.every]
    if options.all:
        return faults
    picked = random.Random(options.seed)
    if isinstance(scene, Killed):
        return picked.sample(faults, min(SAMPLE // 4, len(faults)))
    many = ("memory", "read")
    rest = [f for f in faults if f.kind in many]
    few = [f for f in faults if f.kind not in many]
    half = SAMPLE // 4  # of one of two scenes
    return picked.sample(few, half) + picked.sample(rest, half)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", metavar="KIND[:N]")
    parser.add_argument("--every", type=int, default=1, help="of --only, each so many")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tap = Tap()
    total = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="memsee-faults-") as folder:
        for scene in scenes(pathlib.Path(folder)):
            scene.prepare()
            wrong = collections.defaultdict(list)
            for fault in chosen(options, scene):
                problems = list(scene.problems(fault))
                if scene.struck():
                    total[fault.kind] += 1
                wrong[fault.kind] += [f"{fault}: {p}" for p in problems]
                if options.only:
                    for problem in problems:
                        print(f"# {fault}: {problem}", flush=True)
            for kind in KILLS if isinstance(scene, Killed) else KINDS + CUTS:
                tap.none(wrong[kind][:40], f"{scene.name}: a {kind} loses nothing" if kind in KILLS else
                         f"{scene.name}: a failing {kind} loses nothing")
    print("# faults that struck: "
          + ", ".join(f"{count} {kind}" for kind, count in total.items()))
    tap.done()


if __name__ == "__main__":
    if not SHIM.exists():
        print(f"Bail out! no {SHIM}: `make check` builds it")
        sys.exit(1)
    main()
