#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What gc keeps and deletes in real heaps, and that the original's own statements work on
databases made here."""
import collections
import json
import pathlib
import sqlite3
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"


def run(database, *commands):
    child = subprocess.run([MEMSEE, "-q", "-d", str(database), "-e", *commands],
                           capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    return child.stdout


def reachable(start, children):
    """What a plain walk finds: the oracle."""
    found, queue = set(start), collections.deque(start)
    while queue:
        for child in children[queue.popleft()]:
            if child not in found:
                found.add(child)
                queue.append(child)
    return found


def heap(database):
    """(types of the objects, children of each)"""
    connection = sqlite3.connect(database)
    types = dict(connection.execute("select address, type from obj"))
    children = collections.defaultdict(list)
    for parent, child in connection.execute("select parent, child from ref"):
        if parent in types and child in types:
            children[parent].append(child)
    connection.close()
    return types, children


def gc_is_safe(tap, folder, dump, cycles):
    """`cycles`: how many CycleNode objects the heap holds before."""
    database = pathlib.Path(folder) / (dump + ".db")
    run(database, f"read {DATA / dump}.json.gz")
    types, children = heap(database)
    problems = []
    planted = [a for a, t in types.items() if t == "CycleNode"]
    if len(planted) != cycles:
        problems.append(f"{len(planted)} CycleNode, wanted {cycles}")
    live = reachable([a for a, t in types.items() if t in ("module", "frame")], children)
    run(database, "gc")
    kept = set(heap(database)[0])
    if live - kept:
        problems.append(f"{len(live - kept)} objects that a module or frame reaches")
    left = [a for a in planted if a in kept and a not in live]
    if left:
        problems.append(f"{len(left)} CycleNode are still there")
    tap.none(problems, f"gc of {dump} keeps what lives and deletes the planted cycles")


# As the original puts its tables aside and takes others out, marks and collects.
STATEMENTS = [
    "alter table obj rename to obj2", "alter table ref rename to ref2",
    "alter table obj1 rename to obj", "alter table ref1 rename to ref",
    "update gen set current = 0", "update gen set current = 1 where num = 1",
    "insert into env (name, value) values ('keep', '42')",
    "insert into obj (address, type, name, value, size, len, repr)"
    " values (17, 'int', null, '5', 24, null, '5')",
    "insert into ref (parent, child) values (17, 18)",
    "insert into ref (parent, child) select 0, address from obj where address = 17",
    "update obj set mark = null",
    "update obj set mark = 1 where address in (select child from ref where parent = 0)",
    "update obj set mark = 2 where mark is null and address in"
    " (select child from ref where parent in (select address from obj where mark = 1))",
    "create table temp_path (depth int, address int, path text)",
    "create table tmp_path_order (idx int, address int)",
    "delete from env where name = 'keep'",
]


def original_statements(tap, folder):
    database = pathlib.Path(folder) / "both.db"
    run(database, f"read {DATA / 'tiny_py27.json'}", f"read {DATA / 'tiny_py310.json'}")
    connection = sqlite3.connect(database)
    problems = []
    for statement in STATEMENTS:
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            problems.append(f"{statement}: {error}")
    connection.commit()
    connection.close()
    tap.none(problems, "the original's statements work on a database made here")
    found = run(database, "select type, repr, mark from obj where address = 17", "gen 2",
                "select count(*) from obj", "gen 1", "continue_gc",
                "select count(*) from obj")
    tap.ok("| int" in found and "213" in found and "225" in found,
           "and what it left is understood here", [found])


def main():
    tap = Tap()
    truth = {version: json.loads((DATA / f"truth_{version}.json").read_text())
             for version in ("py27", "py310")}
    with tempfile.TemporaryDirectory(prefix="memsee-exchange-") as folder:
        for dumps in truth.values():
            for dump in dumps["dumps"]:
                name = pathlib.Path(dump["file"]).stem
                gc_is_safe(tap, folder, name, dump["counts"]["CycleNode"])
        gc_is_safe(tap, folder, "smallgc_py310", 0)
        original_statements(tap, folder)
    tap.done()


if __name__ == "__main__":
    main()
