#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills memsee at random moments: the database then holds the old or the new.

    tests/kills.py [-n COUNT] [--seed N] [--only read|gc|restore] [MEMSEE [DUMP]]

Kills a `read` of a second generation, a `gc` and a `restore` COUNT times each, at moments
spread evenly over the time that they take.  Not part of `make check`, which has
tests/unit/bulk_faults.c: that one dies at every single call.  This one does it to the
whole program at whatever moment it is.  Each kill is followed by a look at the database by
Python's own SQLite: integrity, the generations, and the rows of each; now and then by the same
command once more, which must get through.  Nothing may lie around but what SQLite needs
to take back a half-made change.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COMMANDS = ("read", "gc", "restore")


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


class Place:
    """A folder with a database to be hurt, the same at the start of each round."""

    def __init__(self, folder, memsee, dump):
        self.path = folder / "db"
        self.tmp = folder / "tmp"
        self.tmp.mkdir()
        self.base = [memsee, "-q", "-d", str(self.path), "-e"]
        self.commands = {"read": f"read {dump}", "gc": "gc force", "restore": "restore"}
        self.start = folder / "start"

    def popen(self, *commands):
        env = dict(os.environ, TMPDIR=str(self.tmp))
        return subprocess.Popen([*self.base, *commands], env=env, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, *commands):
        started = time.monotonic()
        with self.popen(*commands) as child:
            if child.wait() != 0:
                sys.exit(f"{commands}: status {child.returncode}")
        return time.monotonic() - started

    def prepare(self, name):
        """A database with garbage; for restore also a backup of another state."""
        for path in self.path.parent.glob("db*"):
            path.unlink()
        self.run(self.commands["read"], "delete from ref where parent % 50 = 0")
        if name == "restore":
            self.run("backup", self.commands["read"])
        shutil.rmtree(self.start, ignore_errors=True)
        self.start.mkdir()
        for path in self.path.parent.glob("db*"):
            shutil.copy(path, self.start)

    def reset(self):
        for path in self.path.parent.glob("db*"):
            path.unlink()
        for path in self.start.iterdir():
            shutil.copy(path, self.path.parent)

    def left(self):
        """What lies around that is neither database nor backup nor journal."""
        known = {"db", "db.bak", "db-journal", "tmp", "start"}
        return [p.name for p in self.path.parent.iterdir() if p.name not in known] + [
            p.name for p in self.tmp.iterdir()]

    def kill(self, name, seconds):
        """Kills the command after that time; whether it had ended before."""
        with self.popen(self.commands[name]) as child:
            time.sleep(seconds)
            child.send_signal(signal.SIGKILL)
            return child.wait() == 0


def kill_often(place, name, count, chance):
    place.prepare(name)
    before = generations(place.path)
    longest = place.run(place.commands[name])
    new = generations(place.path)
    if new == before:
        sys.exit(f"{name} changes nothing")
    kept = ended = 0
    for number in range(count):
        place.reset()
        ended += place.kill(name, chance.uniform(0, longest * 1.2))
        after = generations(place.path)
        if after not in (before, new):
            sys.exit(f"{name}: neither the old nor the new state: {before} {after}")
        if place.left():
            sys.exit(f"{name}: left {place.left()}")
        kept += after == before
        if after == before and number % 10 == 0:
            place.run(place.commands[name])
            if generations(place.path) != new:
                sys.exit(f"{name}: not the same after a kill")
    print(f"{name}: {count} kills, {kept} left the old database, {count - kept} the new "
          f"one ({ended} came after the end); nothing was lost", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200, help="how many kills of each (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=COMMANDS)
    parser.add_argument("memsee", nargs="?", default="./memsee")
    parser.add_argument("dump", nargs="?", default=f"{HERE}/data/leaky_py310_1.json.gz")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="memsee-kills-") as folder:
        place = Place(pathlib.Path(folder), os.path.abspath(options.memsee),
                      os.path.abspath(options.dump))
        for name in COMMANDS:
            if options.only in (None, name):
                kill_often(place, name, options.n, chance)


if __name__ == "__main__":
    main()
