#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills `read` at random moments: the database then holds what it did, or all of the dump.

    tests/kills.py [-n COUNT] [--seed N] [MEMSEE [DUMP]]

Not part of `make check`, which has tests/unit/bulk_faults.c: that one dies at every single
call.  This one does it to the whole program at whatever moment it is.  Each kill is
followed by a look at the database by Python's own SQLite: integrity, the generations, and
the rows of each.
"""
import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def generations(path):
    """The rows of each generation as counts and sums, the oldest first."""
    db = sqlite3.connect(path)
    answer = db.execute("pragma integrity_check").fetchone()[0]
    if answer != "ok":
        sys.exit(f"{path}: {answer}")
    found = []
    for num, current in db.execute("select num, current from gen order by num").fetchall():
        suffix = "" if current else str(num)
        found.append(
            db.execute(
                f"select (select count(*) || '/' || total(address) from obj{suffix}),"
                f" (select count(*) || '/' || total(child) from ref{suffix}),"
                f" (select count(*) from ref{suffix} indexed by child{num} where child >= 0)"
            ).fetchone()
        )
    db.close()
    return found


def run(command):
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


def kill(command, seconds):
    """Runs the command and kills it after that time; whether it had ended before."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        return child.wait() == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200, help="how many kills (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("memsee", nargs="?", default="./memsee")
    parser.add_argument("dump", nargs="?", default=f"{HERE}/data/leaky_py310_1.json.gz")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kept = taken = ended = 0
    with tempfile.TemporaryDirectory(prefix="memsee-kills-") as folder:
        path = f"{folder}/db"
        memsee = os.path.abspath(options.memsee)
        read = [memsee, "-q", "-d", path, "-e", f"read {os.path.abspath(options.dump)}"]
        longest = max(run(read) for _ in range(2))
        before = generations(path)
        if len(before) != 2 or before[0] != before[1]:
            sys.exit("two reads of a dump gave different generations")
        while kept + taken < options.n:
            if len(before) > 8:
                os.unlink(path)
                run(read)
                before = generations(path)
            ended += kill(read, chance.uniform(0, longest))
            after = generations(path)
            if after == before:
                kept += 1
            elif after == before + before[:1]:
                taken += 1
            else:
                sys.exit(f"neither the old nor the new generation: {before} {after}")
            before = after
    print(f"{options.n} kills: {kept} left the old database, {taken} the new one "
          f"({ended} came after the end); nothing was lost")


if __name__ == "__main__":
    main()
