#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No answer is of yesterday: every graph command, after every way in which a heap can change
behind a graph that is held in memory or kept in the database.

`tests/eager` is memsee that keeps the graph of the smallest heap in the database; memsee itself,
which does so for large ones only, tells what is true."""
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading

from tap import BUILD, MEMSEE, Tap

EAGER = str(BUILD / "tests" / "eager")
WRITES = 20
OBJECTS = 40

QUESTIONS = [
    "select count(*), sum(address), sum(depth) from reachable(0)",
    "select address from children(0)",
    "select address from parents(160)",
    "select address, depth from dominated(0)",
    "select address, step from path(0, 160)",
    "select * from dominators",
    'path from "address in 0&" to "address = 160"',
    """paths to "type = 'T1'" """,
    """signatures to "type = 'T1'" """,
    "dominators top 5",
    """retained of "type = 'T1'" """,
    "owners percent 0",
    """owned of "type = 'T2'" """,
    "cycles",
    "garbage",
    "ancestor_types address = 160",
    "kids 160",
    "parents 160",
    "info 160",
    "roots",
    """export graphml graph.xml of "type = 'T1'" """,
    "diff 1 2 by owner",
    "diff 1 2 by signature",
    "trend by owner",
    "trend by signature",
    "leaks min count 0 min share 0",
    'expect no path from "address in 0&" to "address = 160"',
]
# A run may write a file once; and the graph is held when a change comes.
REPEATED = [*(question for question in QUESTIONS if not question.startswith("export ")),
            "select count(*) from reachable(0)"]
# Each changes what some of the answers are.
CHANGES = [
    "delete from ref where parent = (select max(child) from ref where parent = 0)",
    "update obj set size = size + 8 where address % 48 = 0",
    "delete from ref where rowid = (select min(rowid) from ref where parent <> 0)",
    "insert into ref values (16, 160)",
    "update obj set type = 'T1' where address = (select max(address) from obj where type <> 'T1')",
]


def dump(path, seed):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        for i in range(1, OBJECTS + 1):
            refs = [16 * rng.randint(1, OBJECTS) for _ in range(rng.randint(0, 3))]
            out.write(f'{{"address": {16 * i}, "type": "T{i % 4}", "size": {8 * i}, '
                      f'"refs": {refs}}}\n')


def run(program, folder, database, commands):
    child = subprocess.run(
        [program, "-q", "-f", "csv", "--keep-going", "-d", database, "-e", *commands],
        cwd=folder, capture_output=True, text=True, timeout=120)
    return child.stdout, child.stderr.replace(database, "DB"), child.returncode


def truth(folder, database, commands=None):
    """What memsee says of a copy that has no graph kept."""
    shutil.copyfile(folder / database, folder / "true.db")
    return run(MEMSEE, folder, "true.db", commands or QUESTIONS)


def change(path, number):
    link = sqlite3.connect(path)
    link.execute(CHANGES[number % len(CHANGES)])
    link.commit()
    link.close()


def vacuum(folder):
    run(MEMSEE, folder, "x.db", ["!vacuum into 'y.db'"])
    return "y.db"


def online(folder):
    source, copy = sqlite3.connect(folder / "x.db"), sqlite3.connect(folder / "y.db")
    source.backup(copy)
    source.close()
    copy.close()
    return "y.db"


def text(folder):
    source, copy = sqlite3.connect(folder / "x.db"), sqlite3.connect(folder / "y.db")
    copy.executescript("\n".join(source.iterdump()))
    source.close()
    copy.close()
    return "y.db"


def backup(folder):
    run(MEMSEE, folder, "x.db", ["backup"])
    return "x.db.bak"


def restore(folder):
    run(MEMSEE, folder, "x.db", ["backup", "restore"])
    return "x.db"


def cp(folder):
    shutil.copyfile(folder / "x.db", folder / "y.db")
    return "y.db"


def cp_p(folder):
    shutil.copy2(folder / "x.db", folder / "y.db")
    return "y.db"


def over(folder):
    """The copy takes the place of the original, in the same file."""
    vacuum(folder)
    shutil.copyfile(folder / "y.db", folder / "x.db")
    return "x.db"


def over_with_time(folder):
    time = os.stat(folder / "x.db").st_mtime_ns
    over(folder)
    os.utime(folder / "x.db", ns=(time, time))
    return "x.db"


def online_over(folder):
    online(folder)
    source, copy = sqlite3.connect(folder / "y.db"), sqlite3.connect(folder / "x.db")
    source.backup(copy)
    source.close()
    copy.close()
    return "x.db"


def renamed(folder):
    os.rename(folder / "x.db", folder / "y.db")
    return "y.db"


def vacuumed(folder):
    run(MEMSEE, folder, "x.db", ["!vacuum"])
    return "x.db"


COPIES = [vacuum, online, text, backup, restore, cp, cp_p, over, over_with_time, online_over,
          renamed, vacuumed]


def heap(folder):
    dump(folder / "a.json", 1)
    dump(folder / "b.json", 2)
    run(MEMSEE, folder, "x.db", ["read a.json b.json"])


def stale_copies(copy):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        heap(folder)
        run(EAGER, folder, "x.db", QUESTIONS)
        kept = (folder / "x.db").read_bytes()
        run(EAGER, folder, "x.db", QUESTIONS)
        if (folder / "x.db").read_bytes() != kept or b"graph_cache_stamp" not in kept:
            yield "the graph is not kept, or not believed"
        database = copy(folder)
        path = folder / database
        for writes in range(WRITES + 1):
            if writes > 0:
                change(path, writes)
            before, time = path.read_bytes(), os.stat(path).st_mtime_ns
            found, wanted = run(EAGER, folder, database, QUESTIONS), truth(folder, database)
            if found != wanted:
                yield f"after {writes} writes: {differ(found, wanted)}"
            path.write_bytes(before)
            os.utime(path, ns=(time, time))


def differ(found, wanted):
    for one, other in zip(found[:2], wanted[:2]):
        for a, b in zip(one.splitlines(), other.splitlines()):
            if a != b:
                return f"{a!r}, wanted {b!r}"
    return f"{found[2]} {found[1]}, wanted {wanted[2]} {wanted[1]}"


# What a script does, and after each part how many of the changes are in force.
FAILS = "!insert or rollback into obj (address) select max(address) from obj"
WAYS = {
    "at once": [(["!0"], [0])],
    "commit": [(["!begin", "!0"], [0]), (["!commit"], [0])],
    "commit of two": [(["!begin", "!0"], [0]), (["!1"], [0, 1]), (["!end"], [0, 1])],
    "rollback": [(["!begin", "!0"], [0]), (["!rollback"], [])],
    "release": [(["!savepoint a", "!0"], [0]), (["!release a"], [0])],
    "rollback to": [(["!savepoint a", "!0"], [0]), (["!rollback to a"], []), (["!release a"], [])],
    "rollback to the inner": [
        (["!begin", "!0", "!savepoint a", "!1"], [0, 1]), (["!rollback to a"], [0]),
        (["!3"], [0, 3]), (["!commit"], [0, 3])],
    "rollback of the released": [
        (["!begin", "!savepoint a", "!0", "!release a"], [0]), (["!rollback"], [])],
    "rollback by SQLite": [(["!begin", "!0"], [0]), ([FAILS], [])],
    "a trigger": [
        (["!create table t (a)", f"!create trigger t after insert on t begin {CHANGES[0]}; end"],
         []), (["insert into t values (1)"], [0])],
    "a statement that asks the graph": [
        ([f"{CHANGES[0]} and child in (select address from reachable(0))"], [0])],
    "another process": [(["import go0.csv"], [0])],
    "another process, twice": [(["import go0.csv"], [0]), (["import go1.csv"], [0, 1])],
    "the same file by another name": [
        (["!attach 'x.db' as again"], []),
        (["!" + CHANGES[0].replace("from ref", "from again.ref")], [0])],
    "an attached copy": [
        (["!vacuum into 'y.db'", "!attach 'y.db' as copy"], []),
        (["!" + CHANGES[0].replace("from ref", "from copy.ref", 1)], [])],
    "other generations": [(["gen 1"], None), (["gen 2"], [])],
    "roots": [(["pin address = 160"], None), (["roots natural"], [])],
    "roots, rolled back": [(["!begin", "!delete from root_rule"], None), (["!rollback"], None)],
}


def serve(folder, parts):
    """The other process: it writes whenever the script has come to where it imports."""
    for number in range(sum(steps[0].startswith("import") for steps, _ in parts)):
        with open(folder / f"go{number}.csv", "w", encoding="utf-8") as go:
            change(folder / "x.db", number)
            go.write("a\n1\n")


def rows(answer):
    """Without the table of all checks, which is at the end of a run, and without the numbers
    that tell captions of the same words apart."""
    answer = answer.partition("\nChecks\ncheck,status,")[0]
    answer = answer.removeprefix("'first'\nfirst\n").strip("\n")
    return re.sub(r' \(\d+\)((: the path)?")$', r"\1", answer, flags=re.M)


def expand(step):
    return "!" + CHANGES[int(step[1:])] if step[1:].isdigit() else step


def stale_ways(program, parts):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        heap(folder)
        os.mkfifo(folder / "go0.csv")
        os.mkfifo(folder / "go1.csv")
        run(MEMSEE, folder, "x.db", ["roots natural"])
        shutil.copyfile(folder / "x.db", folder / "start.db")
        # The first table of a file has no caption, so something else comes first.
        first, mark = "select 'first'", "select '=='"
        script = [first, *REPEATED]
        for steps, _ in parts:
            script += [mark, *map(expand, steps), mark, *REPEATED]
        other = threading.Thread(target=serve, args=(folder, parts), daemon=True)
        other.start()
        found = run(program, folder, "x.db", script)
        other.join(10)
        answers = found[0].split("\n'=='\n==\n")[0::2]
        if len(answers) != len(parts) + 1:
            yield f"{found}"
            return
        for (steps, changes), answer in zip([([], []), *parts], answers):
            if changes is None:
                continue
            shutil.copyfile(folder / "start.db", folder / "then.db")
            for number in changes:
                change(folder / "then.db", number)
            wanted = rows(truth(folder, "then.db", [first, *REPEATED])[0])
            if rows(answer) != wanted:
                yield f"after {steps}: {differ((rows(answer), '', 0), (wanted, '', 0))}"


def main():
    tap = Tap()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        copies = {copy: pool.submit(lambda c=copy: list(stale_copies(c))) for copy in COPIES}
        ways = {(name, program): pool.submit(
            lambda program=program, parts=parts: list(stale_ways(program, parts)))
            for name, parts in WAYS.items() for program in (MEMSEE, EAGER)}
        for copy, stale in copies.items():
            tap.none(stale.result(), f"no answer is of the original: {copy.__name__}")
        for (name, program), stale in ways.items():
            what = "the graph is kept" if program == EAGER else "the graph is held"
            tap.none(stale.result(), f"no answer is of before: {name}, {what}")
    tap.done()


main()
