#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long questions about the graph take, beside igraph and SQLite's recursive query.

    graph.py [OBJECTS | DATABASE]...      (make bench-graph BENCH="1000000")

For each size a dump is generated and read, or DATABASE is taken.  Every program answers the
same question RUNS times, in turns, each in a process of its own; `first` is a run that finds
no graph in the database, `again` one that does.  Printed is a Markdown table: median
seconds of the processor, which is what else the machine does disturbs least, and the most
memory.  A program that is not installed, or takes longer than LIMIT seconds, is left out.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

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
    """Processor seconds and peak megabytes, or None beyond the limit."""
    process = subprocess.Popen(["timeout", str(LIMIT), *command], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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
    yield "igraph, load and path", [sys.executable, "-c", IGRAPH, database, source,
                                    target], False
    if shutil.which("sqlite3"):
        yield "sqlite3, reachable", ["sqlite3", database, REACHED], False


def bench(database):
    times = {}
    for _ in range(RUNS):
        for name, command, forget in questions(database):
            if forget:
                sqlite(database, FORGET)
            found = measure(command)
            if found:
                times.setdefault(name, []).append(found)
    print("| what | seconds | peak MB |\n| --- | ---: | ---: |")
    for name, runs in times.items():
        seconds = statistics.median(s for s, _ in runs)
        print(f"| {name} | {seconds:.2f} | {max(m for _, m in runs):.0f} |")


def main():
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
