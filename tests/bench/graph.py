#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long questions about the graph take, beside igraph and SQLite's recursive query.

    graph.py [OBJECTS | DATABASE]...      (make bench-graph BENCH="1000000")

For each size a dump is generated and read, or DATABASE is taken.  Every program answers the
same question RUNS times, in turns, each in a process of its own; `first` is a run that finds
no graph in the database, `again` one that does.  Printed is a Markdown table: median
seconds of the processor, which is what else the machine does disturbs least, and by the
clock, and the most memory.  What is not installed, fails or takes longer than LIMIT seconds
is named below the table.
"""
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
LIMIT = int(os.environ.get("LIMIT", "300"))

FORGET = "drop table if exists graph_cache; drop table if exists graph_cache_stamp"
# From the root that refers to most; to the last object that is referred to.
ENDS = ("select (select parent from ref where parent in (select child from ref where"
        " parent = 0) group by parent order by count(*) desc, parent limit 1),"
        " (select max(child) from ref)")

IGRAPH = """import sqlite3, sys, igraph
db = sqlite3.connect(sys.argv[1])
number = {a: i for i, (a,) in enumerate(db.execute("select address from obj order by address"))}
edges = [(number[p], number[c]) for p, c in db.execute("select parent, child from ref")
         if p in number and c in number]
graph = igraph.Graph(n=len(number), edges=edges, directed=True)
graph.get_shortest_paths(number[int(sys.argv[2])], number[int(sys.argv[3])])
"""

REACHED = """with recursive reached(address) as (
  select child from ref where parent = 0 union select child from ref join reached on parent = address)
select count(*) from reached;"""


def measure(command):
    """Seconds of the processor, seconds by the clock and peak megabytes, or why not."""
    start = time.monotonic()
    process = subprocess.Popen(["timeout", str(LIMIT), *command], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == 124:
        return f"takes longer than {LIMIT} seconds"
    if process.returncode != 0:
        return f"fails with status {process.returncode}"
    return (usage.ru_utime + usage.ru_stime, time.monotonic() - start,
            usage.ru_maxrss / 1024)


def missing():
    """The peers that are not installed, and who has them."""
    if subprocess.run([sys.executable, "-c", "import igraph"], capture_output=True,
                      check=False).returncode != 0:
        yield "igraph", "is not installed; Debian's package is python3-igraph"


def sqlite(database, sql):
    run = subprocess.run(["sqlite3", database, sql], capture_output=True, text=True,
                         check=True)
    return run.stdout.strip().split("|")


def questions(database):
    """Name, command, and whether the graph kept in the database is dropped before."""
    source, target = sqlite(database, ENDS)

    def memsee(command):
        return [MEMSEE, "-q", "-d", database, "-e", command]

    path = memsee(f'path from "address = {source}" to "address = {target}"')
    reach = memsee(f"select count(*) from reachable(0)")
    yield "memsee, path, first", path, True
    yield "memsee, path, again", path, False
    yield "memsee, reachable, again", reach, False
    yield "memsee, dominators, again", memsee("dominators top 1"), False
    if "igraph" not in dict(missing()):
        yield "igraph, load and path", [sys.executable, "-c", IGRAPH, database, source,
                                        target], False
    yield "sqlite3, reachable", ["sqlite3", database, REACHED], False


def bench(database):
    times, left_out = {}, dict(missing())
    for _ in range(RUNS):
        for name, command, forget in questions(database):
            if forget:
                sqlite(database, FORGET)
            found = measure(command)
            if isinstance(found, str):
                left_out[name] = found
            else:
                times.setdefault(name, []).append(found)
    print("| what | processor s | clock s | peak MB |\n| --- | ---: | ---: | ---: |")
    for name, runs in times.items():
        processor, clock, _ = (statistics.median(column) for column in zip(*runs))
        print(f"| {name} | {processor:.2f} | {clock:.2f} | {max(r[2] for r in runs):.0f} |")
    for name, why in left_out.items():
        print(f"\n{name} {why}")


def main():
    if shutil.which("sqlite3") is None:
        sys.exit("graph.py: sqlite3 is not installed; it tells which ends a path has")
    for argument in sys.argv[1:] or ["1000000"]:
        if not argument.isdigit():
            bench(argument)
            continue
        with tempfile.TemporaryDirectory(prefix="memsee-bench-") as folder:
            dump, database = pathlib.Path(folder, "dump.json"), str(pathlib.Path(folder, "a.db"))
            with open(dump, "wb") as out:
                subprocess.run([GENERATE, argument], stdout=out, check=True)
            subprocess.run([MEMSEE, "-q", "-d", database, "-e", f"read {dump}"], check=True)
            bench(database)


if __name__ == "__main__":
    main()
