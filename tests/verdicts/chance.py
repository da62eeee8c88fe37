#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How often does `leaks` call a program leaky that is not, by chance?  Prints the table of src/manual/ci.md.

usage: MEMSEE=memsee chance.py [RUNS]

Simulates programs whose only list changes at random, RUNS times each (200), dumps them after 200, 700, 1200, 1700
and 2200 requests, and asks memsee about the first two, three, four and five of these dumps.  The programs are
simulated, the dumps and the verdicts are real.  The same runs give the same numbers.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

MEMSEE = os.environ.get("MEMSEE", "memsee")
MOMENTS = (200, 700, 1200, 1700, 2200)


def batch(rnd, moments):
    """0 to 500 objects, replaced each time."""
    made = 0
    for _ in moments:
        size = rnd.randrange(501)
        yield range(made, made + size)
        made += size


def wander(rnd, moments, first_out):
    """Each request puts 0 to 4 objects and takes 0 to 4."""
    live, made, now = [], 0, 0
    for moment in moments:
        for _ in range(now, moment):
            come = rnd.randrange(5)
            live += range(made, made + come)
            made += come
            go = min(rnd.randrange(5), len(live))
            live = live[go:] if first_out else live[:len(live) - go]
        now = moment
        yield list(live)


def lived(rnd, moments):
    """Each request puts 0 to 2 objects, each of which lives for up to 1500 requests."""
    ends, made, now = {}, 0, 0
    for moment in moments:
        for at in range(now, moment):
            for _ in range(rnd.randrange(3)):
                ends[made] = at + rnd.randrange(1, 1500)
                made += 1
        now = moment
        yield [one for one, end in ends.items() if end > moment]


def emptied(rnd, moments):
    """Gets one a request and is emptied when there are 300 to 3000; it began before the program was looked at."""
    size = rnd.randrange(300, 3000)
    begun = rnd.randrange(size)
    for moment in moments:
        at = begun + moment
        yield range(at - at % size, at)


PROGRAMS = (
    ("a batch of 0 to 500 objects, replaced each time", batch),
    ("a queue whose length wanders, first in first out", lambda r, m: wander(r, m, True)),
    ("a stack whose height wanders, last in first out", lambda r, m: wander(r, m, False)),
    ("entries that live up to 1500 requests, from the start on", lived),
    ("a list that is emptied at 300 to 3000 entries", emptied),
)


def dump(path, live):
    """A module with a list of these objects, each with its number, at the address that it keeps."""
    lines = []

    def put(address, type_, size, refs, **more):
        lines.append(json.dumps(dict(more, address=address, type=type_, size=size, refs=[r for r, _ in refs],
                                     labels=[label for _, label in refs])))

    put(1, "memsee_dump", 0, [], memsee_dump=1, python="3.13.0", implementation="CPython", pid=1)
    put(16, "module", 72, [(32, ".__dict__")], name="app", root="module table")
    put(32, "dict", 232, [(48, "['QUEUE']")], len=1)
    put(48, "list", 56 + 8 * len(live), [(1024 + 128 * n, "[%d]" % i) for i, n in enumerate(live)], len=len(live))
    for n in live:
        put(1024 + 128 * n, "Job", 48, [(1088 + 128 * n, ".n")])
        put(1088 + 128 * n, "int", 28, [], value=n)
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


def alarms(folder, program, seed):
    """Of the first two, three, … dumps: do they alarm?"""
    paths = [f"{folder}/{k}.json" for k in range(len(MOMENTS))]
    for path, live in zip(paths, program(random.Random(seed), MOMENTS)):
        dump(path, live)
    commands = ["read " + " ".join(paths)]
    for last in range(2, len(MOMENTS) + 1):
        commands += [f"select 'dumps' as said, {last} as dumps", "leaks " + " ".join(str(k) for k in range(1, last + 1))]
    out = subprocess.run([MEMSEE, "-q", "-f", "csv"] + [w for c in commands for w in ("-e", c)],
                         capture_output=True, text=True, check=True).stdout
    return ["\nJob," in part for part in out.split("dumps,")[1:]]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print("| the program has | 2 dumps | 3 | 4 | 5 |\n| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for words, program in PROGRAMS:
            found = [alarms(folder, program, seed) for seed in range(runs)]
            rates = [100 * sum(column) / runs for column in zip(*found)]
            print(f"| {words} | " + " | ".join("%.0f %%" % r if r else "0" for r in rates) + " |", flush=True)


if __name__ == "__main__":
    main()
