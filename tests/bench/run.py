#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long reading a dump takes, beside other programs that do part of the work.

    run.py [OBJECTS...]      (make bench BENCH="1000000 10000000")

For each size a dump is generated (seeded), or FILE is taken when that is what an argument
names; every program works on it RUNS times, one after the other in turns, so that what else
the machine does falls on all.  Printed is a Markdown table: median seconds by the clock and
of the processor, how many times those of `read` these are, and the most memory it took.
memsee makes the table itself.  What is not installed is named below it.  Before each run
WARM megabytes of memory (1000) are used and released.

The import is what SQLite's own shell needs at best for the same database: the rows ready
as CSV and sorted, no journal, indexes made at the end.
"""
import csv
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

MEMSEE = os.path.abspath(os.environ.get("MEMSEE", "./memsee"))
GENERATE = os.path.abspath(os.environ.get("GENERATE", "tests/bench/generate"))
RUNS = int(os.environ.get("RUNS", "3"))
WARM = int(os.environ.get("WARM", "1000")) << 20

IMPORT = """pragma journal_mode = off;
pragma synchronous = off;
create table obj (address integer primary key, type text, name text, value text, size int,
  len int, mark int, repr text);
create table ref (parent int, child int);
.import --csv obj.csv obj
.import --csv ref.csv ref
create index parent1 on ref (parent);
create index child1 on ref (child);
"""

LOADS = """import json, sys
for line in open(sys.argv[1], encoding="ascii"):
    json.loads(line)
"""


def measure(command, **files):
    """Seconds by the clock and of the processor, and peak megabytes of a command."""
    # The host of a virtual machine takes back memory that is free for some seconds, and
    # who uses it first waits for it: that is not this command.
    subprocess.run([sys.executable, "-c", f"b'1' * {WARM}"], check=True)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **files)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read(dump, folder):
    (folder / "read.db").unlink(missing_ok=True)
    return measure([MEMSEE, "-q", "-d", str(folder / "read.db"), "-e", f"read {dump}"])


def sqlite_import(dump, folder):
    (folder / "import.db").unlink(missing_ok=True)
    with open(folder / "import.sql", encoding="ascii") as script:
        return measure(["sqlite3", "import.db"], stdin=script, cwd=folder)


def json_verify(dump, folder):
    with open(dump, "rb") as f:
        return measure(["json_verify", "-q", "-s"], stdin=f)


def jq(dump, folder):
    return measure(["jq", "-c", ".", str(dump)])


def json_loads(dump, folder):
    return measure([sys.executable, "-c", LOADS, str(dump)])


PROGRAMS = [("memsee read", MEMSEE, read), ("sqlite3 .import", "sqlite3", sqlite_import),
            ("json_verify", "json_verify", json_verify), ("jq -c .", "jq", jq),
            ("python json.loads", sys.executable, json_loads)]


def prepare(dump, folder):
    """The rows of the dump as CSV, for the import."""
    read(dump, folder)
    for table in ("obj", "ref"):
        with open(folder / f"{table}.csv", "wb") as f:
            subprocess.run(["sqlite3", "-csv", folder / "read.db", f"select * from {table}"],
                           stdout=f, check=True)
    (folder / "import.sql").write_text(IMPORT, encoding="ascii")


def bench(argument, folder, rows):
    """Appends a row a program."""
    dump = pathlib.Path(argument).resolve()
    if not dump.exists():
        dump = folder / f"{argument}.json"
        with open(dump, "wb") as f:
            subprocess.run([GENERATE, argument], stdout=f, check=True)
    prepare(dump, folder)
    programs = [p for p in PROGRAMS if shutil.which(p[1])]
    taken = {name: [] for name, _, _ in programs}
    for _ in range(RUNS):
        for name, _, run in programs:
            taken[name].append(run(dump, folder))
    median = {name: [statistics.median(column) for column in zip(*runs)]
              for name, runs in taken.items()}
    base = median["memsee read"]
    for name, runs in taken.items():
        clock, processor, _ = median[name]
        rows.append([pathlib.Path(argument).name, name, f"{clock:.2f}",
                     f"{clock / base[0]:.2f}", f"{processor:.2f}",
                     f"{processor / base[1]:.2f}", f"{max(r[2] for r in runs):.0f}"])


def main():
    if shutil.which("sqlite3") is None:
        sys.exit("run.py: sqlite3 is not installed; it makes the rows for the import")
    rows = [["dump", "program", "clock s", "clock, times read", "processor s", "processor, times read",
             "peak MB"]]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for argument in sys.argv[1:] or ["1000000"]:
            bench(argument, folder, rows)
        table = folder / "bench.csv"
        with open(table, "w", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows(rows)
        script = folder / "bench.memsee"
        script.write_text(f"import {table} as bench\nselect * from bench order by rowid\n",
                          encoding="utf-8")
        subprocess.run([MEMSEE, "-q", str(script)], check=True)
    for name, program, _ in PROGRAMS:
        if not shutil.which(program):
            print(f"\n{name} is left out: {program} is not installed")


if __name__ == "__main__":
    main()
