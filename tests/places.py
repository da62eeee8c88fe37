#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing that a run reads, no database and no other output is lost to what it writes.

Every writer is pointed at every kind of file that must stay, by its own name, another
spelling of it, a symbolic link and a hard link, with and without --safe.  The run must be
refused, say why in one line, leave the file's bytes and its directory entry as they were,
and leave nothing of its own.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
DUMP = (DATA / "tiny_py310.json").read_bytes()
TABLE = b"signature,count,note\n\"a\",1,\n"
SCRIPT = b"echo a script\n"

# A writer: the name that it would write to, options, commands.  {w} is the name where
# the user may choose it.
WRITERS = {
    "-o": ("w.md", ["-o", "{w}"], ["select 1"]),
    "-o FORMAT:": ("w.json", ["-o", "csv:{w}"], ["select 1"]),
    "-o DIR/": ("d/w.csv", ["-o", "d/"], ["caption w", "select 1"]),
    "output": ("w.md", [], ["output {w}", "select 1"]),
    "output DIR/": ("d/w.csv", [], ["output d/", "caption w", "select 1"]),
    "--junit": ("w.xml", ["--junit", "{w}"], ["expect 1 = 1"]),
    "folded": ("w.txt", [], ["folded {w}"]),
    "export graphml": ("w.graphml", [], ["export graphml {w}"]),
    "export neo4j": ("d/nodes.csv", [], ["export neo4j d"]),
    "--update-baseline": ("w.csv", ["--update-baseline"],
                          ["expect empty select 'a' as signature, 1 as count known {w}"]),
    "--render": ("d/w.dot.svg", ["--render", "-o", "d/w.dot"],
                 ['path from "1" to "type = \'dict\'" first 1']),
    "vacuum into": ("w.db", [], ["!vacuum into '{w}'"]),
    "backup": ("b.db.bak", ["-d", "b.db"], ["backup"]),
    "create": ("w.db", [], ["create {w}"]),
    "journal of create": ("w.db-journal", [], ["create w.db"]),
}
LOOKS_FIRST = ("--update-baseline", "vacuum into", "backup", "create")
UNSAFE = ("vacuum into", "backup", "--render")  # which --safe forbids altogether
# Of two --junit the last one counts; `backup` is of the database that was opened last.
# SQLite itself refuses a journal that is a link.
NOT_TWO = (("--junit", "a report"), ("backup", "an opened database"),
           ("journal of create", "a journal"), ("journal of create", "a WAL"))
# Where the first of two outputs parts the names of a hard link before the second comes.
PARTED = (("--update-baseline", "a known file"), ("--render", "another output"))


def put(data):
    return lambda path: path.write_bytes(data)


def database(path):
    subprocess.run([MEMSEE, "-q", "-d", path, "-e", f"read {DATA / 'tiny_py310.json'}"],
                   check=True)


def beside(suffix):
    """The file of a database that has its name and `suffix`, with some bytes in it."""
    def make(path):
        database(str(path)[:-len(suffix)])
        if suffix == ".bak":
            path.write_bytes(b"a backup\n")
    return make


# What must stay: how it comes to be there, the options and the commands that make it one of
# the run's files under the name {p}; {base} is the database that it belongs to.
KINDS = {
    "a dump": (put(DUMP), [], ["read {p}"]),
    "a dump on standard input": (put(DUMP), [], ["read -"]),
    "an included script": (put(SCRIPT), [], ["include ./{p}"]),
    "a table": (put(TABLE), [], ["import {p} as t"]),
    "a known file": (put(TABLE), [],
                     ["expect empty select 'a' as signature, 1 as count known {p}"]),
    "the database of -d": (database, ["-d", "{p}"], []),
    "an opened database": (database, [], ["open {p}"]),
    "an attached database": (database, [], ["!attach '{p}' as other"]),
    "a journal": (beside("-journal"), ["-d", "{base}"], []),
    "a WAL": (beside("-wal"), ["-d", "{base}"], []),
    "a backup": (beside(".bak"), ["-d", "{base}"], []),
    "another output": (None, ["-o", "csv:{p}"], []),
    "a report": (None, ["--junit", "{p}"], []),
}
SUFFIX = {"a journal": "-journal", "a WAL": "-wal", "a backup": ".bak"}


class Sweep:
    def __init__(self, base):
        self.base, self.problems, self.runs = base, [], 0

    def try_one(self, writer, kind, name, safe):
        """Whether the case makes sense; what is wrong goes to `problems`."""
        target, options, commands = WRITERS[writer]
        make, kind_options, kind_commands = KINDS[kind]
        suffix = SUFFIX.get(kind, "")
        folder = self.base / "run"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "d").mkdir(parents=True)
        os.chdir(folder)
        # The kept file has the writer's own name, or that leads to it.
        kept = pathlib.Path(target if name in ("plain", "spelled") else f"kept{suffix or '.x'}")
        if suffix and not str(kept).endswith(suffix):
            kept = pathlib.Path(str(kept) + suffix)
            target_is_kept = False
        else:
            target_is_kept = name in ("plain", "spelled")
        if name in ("plain", "spelled") and not target_is_kept:
            if "{w}" not in " ".join(options + commands):
                return
            target = str(kept)
        if make is not None:
            make(kept)
        elif name == "hard link":
            kept.write_bytes(b"an old report\n")
        before = kept.read_bytes() if kept.exists() else None
        if name == "symlink":
            os.symlink(os.path.relpath(kept, pathlib.Path(target).parent), target)
        elif name == "hard link":
            if before is None:
                return
            os.link(kept, target)
        if writer == "backup":
            database("b.db")
        protected = {"p": kept, "base": str(kept)[:-len(suffix)] if suffix else kept}
        written = f"d/..//{target}" if name == "spelled" else target

        def fill(words):
            return [w.replace("{w}", written) if "{w}" in w else
                    w.format(**protected) if "{" in w else w for w in words]

        arguments = [*fill(kind_options), *fill(options)]
        # A heap for what needs one, unless the case brings its own.
        load = [] if "-d" in arguments else [f"read {DATA / 'tiny_py310.json'}"]
        lines = [*load, *fill(kind_commands), *fill(commands)]
        names = [str(DATA / "tiny_py310.json"), str(kept), written, "-"]
        if safe:
            # The script may do what it likes, but for what places decides.
            for path in (written, str(kept), "d", "d/", *(a for a in arguments)):
                arguments += ["--writable", path]
            pathlib.Path("script").write_text("\n".join(lines) + "\n", encoding="utf-8")
            command = [MEMSEE, "-q", "--safe", *arguments, "script", *names]
        else:
            command = [MEMSEE, "-q", *arguments, "-e", *lines]
        there = {p for p in pathlib.Path(".").rglob("*")}
        with open(kept if kind.endswith("input") else os.devnull, "rb") as stdin:
            run = subprocess.run(command, stdin=stdin, capture_output=True, text=True,
                                 timeout=60)
        self.runs += 1
        left = {p for p in pathlib.Path(".").rglob("*")} - there
        what = f"{writer} over {kind} ({name}{', --safe' if safe else ''})"
        after = kept.read_bytes() if kept.exists() else None
        if "--junit" in arguments and kind in ("another output", "a report"):
            # It is written whatever happens, and then tells of this.
            if after not in (before, None) and not after.startswith(b"<?xml"):
                self.problems.append(f"{what}: the file is no report: {command}")
        elif writer == "--render" and kind == "another output":
            if after is None or b"<svg" in after:
                self.problems.append(f"{what}: the picture took the place: {command}")
        elif after != before:
            self.problems.append(f"{what}: the file has changed: {command}")
        elif name == "symlink" and not os.path.islink(target):
            self.problems.append(f"{what}: the link is gone: {command}")
        elif name == "hard link" and not os.path.samefile(kept, target):
            self.problems.append(f"{what}: the hard link is gone: {command}")
        # What is there already or is no such file is refused before anybody asks.
        if run.returncode not in ((2, 3) if writer in LOOKS_FIRST else (2,)):
            self.problems.append(f"{what}: status {run.returncode}: {run.stderr} {command}")
        if any(".part" in str(p) or "memsee-" in str(p) for p in left):
            self.problems.append(f"{what}: left {left}")

    def writer(self, writer):
        for kind in KINDS:
            if (writer, kind) in NOT_TWO:
                continue
            for name in ("plain", "spelled", "symlink", "hard link"):
                if name == "hard link" and (writer, kind) in PARTED:
                    continue
                for safe in (False, True):
                    if safe and (writer in UNSAFE or kind.startswith("an attached")):
                        continue
                    self.try_one(writer, kind, name, safe)


def main():
    os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="memsee-places-")
    tap = Tap()
    only = sys.argv[1:]
    for writer in WRITERS:
        if only and writer not in only:
            continue
        if writer == "--render" and shutil.which("dot") is None:
            tap.skip(f"{writer} writes over nothing", "no dot in $PATH")
            continue
        sweep = Sweep(pathlib.Path(os.environ["TMPDIR"]))
        sweep.writer(writer)
        tap.ok(not sweep.problems and sweep.runs > 30,
               f"{writer} writes over nothing that must stay, in {sweep.runs} runs",
               sweep.problems)
    os.chdir("/")
    shutil.rmtree(os.environ["TMPDIR"])
    tap.done()


main()
