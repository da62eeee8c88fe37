#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long dumps of other runtimes take to read.

    runtimes.py [ORDERS]      (make bench-runtimes BENCH=90000)

Node.js and Java, where they are installed, dump a heap of so many orders, about 18 objects
each.  memsee reads the dumps RUNS times, and memlab the first one in turns with it, where
MEMLAB names a folder that holds its node_modules.  Printed is a Markdown table: median seconds
by the clock and of the processor, megabytes a second, the most memory, and bytes of it an
object."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from run import MEMSEE, RUNS, measure

HERE = pathlib.Path(__file__).resolve().parent
LOAD = """const memlab = require(process.argv[1] + '/node_modules/@memlab/heap-analysis');
memlab.getFullHeapFromFile(process.argv[2]).then(heap => console.log(heap.nodes.length));
"""


def read(dump, folder):
    (folder / "read.db").unlink(missing_ok=True)
    return measure([MEMSEE, "-q", "-d", str(folder / "read.db"), "-e", f"read {dump}"])


def memlab(dump):
    return measure(["node", "--max-old-space-size=8192", "-e", LOAD, os.environ["MEMLAB"],
                    str(dump)], stderr=subprocess.DEVNULL)


def objects(folder):
    run = subprocess.run([MEMSEE, "-q", "-f", "csv", "-d", str(folder / "read.db"), "-e",
                          "select count(*) as n from obj"], capture_output=True, text=True)
    return int(run.stdout.split()[1])


def row(what, dump, runs, count):
    clock, processor, peak = (statistics.median(column) for column in zip(*runs))
    size = dump.stat().st_size / 1e6
    print(f"| {what} | {size:.0f} | {count} | {clock:.2f} | {processor:.2f} | {size / clock:.0f} "
          f"| {peak:.0f} | {peak * 2 ** 20 / count:.0f} |", flush=True)


def main():
    orders = sys.argv[1] if len(sys.argv) > 1 else "90000"
    missing = []
    print("| what | MB | objects | seconds | of the processor | MB/s | peak MB | bytes an object |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for command, name in ((["node", "--max-old-space-size=8192", HERE / "heap.js"],
                               "heap.heapsnapshot"),
                              (["java", "-Xmx4g", HERE / "Heap.java"], "heap.hprof")):
            if shutil.which(command[0]) is None:
                missing.append(command[0])
                continue
            dump = folder / name
            subprocess.run([*command, orders, dump], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            others = name.endswith("snapshot") and "MEMLAB" in os.environ
            runs, theirs = [], []
            for _ in range(RUNS):
                runs.append(read(dump, folder))
                if others:
                    theirs.append(memlab(dump))
            row(f"memsee, {name}", dump, runs, objects(folder))
            if others:
                row(f"memlab, {name}", dump, theirs, objects(folder))
            elif name.endswith("snapshot"):
                missing.append("memlab (MEMLAB=FOLDER names where its node_modules are)")
            dump.unlink()
    if missing:
        print("\nNot there: " + ", ".join(missing) + ".")


if __name__ == "__main__":
    main()
