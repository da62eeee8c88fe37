#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long reports take, as multiples of reading what they are about in the same run.

    reports.py [DUMP-OR-OBJECTS...]      (make bench-reports BENCH="1000000 heap.json")

Of each dump, generated (seeded) where a number is named: every shipped report; reading it as
plain text, gzip and zstd, and as a second generation of one database; the reports that compare
two and three dumps, of which the later ones lack every 97th object.  A dump made by memsee's
own dumper shows what labels cost.  Then, with more than one size, how read, first path, first
graph, dominators and suspects grow, and the exponent between the least and the greatest; and the
shapes: so many objects in one list, a chain, a star, as many types as objects, strings of 1 KB, and
others that are slow where code is not careful, with the bytes of memory an object and the exponent
from a quarter of the objects to all.

    RUNS=3       each is run so often, in turns; medians are shown
    SHAPES=N     objects of each shape (100000; 0: none)
    ONLY=a,b     these reports alone
    WARM=1000    before each run so many megabytes of memory are used and released
    PARTS=a,b    these parts alone, of: one, packed, several, growth, shapes
"""
import gzip
import math
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
SHAPES = int(os.environ.get("SHAPES", "100000"))
PARTS = os.environ.get("PARTS", "one,packed,several,growth,shapes").split(",")
ONLY = [name for name in os.environ.get("ONLY", "").split(",") if name]

ONE = [["summary"], ["suspects"], ["owners"], ["cycles"], ["types", "-D", "type=dict"],
       ["types", "-D", "type=str"], ["strings"], ["duplicates"], ["collections"],
       ["why", "-D", "what=type = 'tuple'"]]
SEVERAL = [["leak-check"], ["diff"], ["trend"]]
GROWTH = {"read": [],
          "read and first path": ['path from "address = 0" to "address = (select max(address) from obj)"'],
          "read and graph": ["select count(*) from parents(1)"],
          "read and dominators": ["select count(*) from dominators"]}


def measure(*command):
    """Seconds of the processor and by the clock, and peak megabytes; a check may fail."""
    # The host of a virtual machine takes back memory that is free for some seconds, and
    # who uses it first waits for it: that is not this command.
    subprocess.run([sys.executable, "-c", f"b'1' * {WARM}"], check=True)
    start = time.monotonic()
    process = subprocess.Popen([MEMSEE, "-q", *map(str, command)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"memsee {' '.join(map(str, command))} failed: {said.decode()}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def in_turns(jobs, runs=None):
    """The median of what each named command takes; what else the machine does falls on all."""
    taken = {name: [] for name in jobs}
    for _ in range(runs or RUNS):
        for name, command in jobs.items():
            taken[name].append(measure(*command))
    return {name: [statistics.median(column) for column in zip(*each)] for name, each in taken.items()}


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def multiples(title, jobs, base):
    """A table of commands, beside `base`, which is one of them."""
    median = in_turns(jobs)
    processor = median[base][0]
    table([title, "processor s", f"times {base}", "clock s", "clock / processor", "peak MB"],
          [[name, f"{cpu:.2f}", f"{cpu / processor:.2f}", f"{clock:.2f}", f"{clock / cpu:.2f}",
            f"{peak:.0f}"] for name, (cpu, clock, peak) in median.items()])


def wanted(reports):
    return [r for r in reports if not ONLY or r[0] in ONLY]


def later(dump, folder, n):
    """The dump n times: without some objects, each time fewer."""
    made = [dump]
    for step in range(1, n):
        made.append(folder / f"later{step}.json")
        with open(dump, "rb") as f, open(made[-1], "wb") as out:
            out.writelines(line for i, line in enumerate(f) if (i % 97) >= step)
    return made[::-1]


def packed(dump, folder):
    """Reading the same bytes in other forms."""
    jobs = {"read": ["-e", f"read {dump}"]}
    with open(dump, "rb") as f, gzip.open(folder / "dump.json.gz", "wb", 6) as out:
        shutil.copyfileobj(f, out)
    jobs["read gzip"] = ["-e", f"read {folder}/dump.json.gz"]
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "-f", dump, "-o", folder / "dump.json.zst"], check=True)
        jobs["read zstd"] = ["-e", f"read {folder}/dump.json.zst"]
    jobs["read twice"] = ["-e", f"read {dump}", f"read {dump}"]
    return jobs


def bench(dump, folder):
    print(f"### {dump.name}\n")
    one = {"read": ["-e", f"read {dump}"]}
    for report in wanted(ONE):
        one[" ".join(report).replace("-D ", "")] = [*report, dump]
    if "one" in PARTS:
        multiples("report", one, "read")
    if "packed" in PARTS:
        multiples("read", packed(dump, folder), "read")
    for n in (2, 3) if "several" in PARTS else ():
        dumps = later(dump, folder, n)
        jobs = {"read": ["-e", *(f"read {d}" for d in dumps)]}
        for report in wanted(SEVERAL):
            jobs[report[0]] = [*report, *dumps]
        multiples(f"{n} dumps", jobs, "read")


def exponent(less, more, ratio):
    """By which power time grows with `ratio`, the ratio of the sizes."""
    return f"{math.log(max(more, 0.01) / max(less, 0.01), ratio):.2f}"


def growth(dumps):
    """Processor seconds, seconds by the clock and peak megabytes for each size."""
    sizes = sorted(dumps, key=lambda d: d.stat().st_size)
    ratio = sizes[-1].stat().st_size / sizes[0].stat().st_size
    jobs = {}
    for dump in sizes:
        for name, more in GROWTH.items():
            jobs[name, dump] = ["-e", f"read {dump}", *more]
        jobs["suspects", dump] = ["suspects", dump]
    median = in_turns(jobs)
    for column, unit in enumerate(("processor s", "clock s", "peak MB")):
        rows = []
        for name in [*GROWTH, "suspects"]:
            taken = [median[name, dump][column] for dump in sizes]
            rows.append([name, *(f"{t:.2f}" if column < 2 else f"{t:.0f}" for t in taken),
                         f"{taken[0] / median['read', sizes[0]][column]:.2f}",
                         f"{taken[-1] / median['read', sizes[-1]][column]:.2f}",
                         exponent(taken[0], taken[-1], ratio)])
        table([unit, *(dump.name for dump in sizes), "times read, least",
               "times read, greatest", "exponent"], rows)


# The shapes, and the type of most objects of each.
KINDS = {
    "list": "int",       # one, of all others
    "chain": "str",      # each refers to the next one
    "star": "dict",      # all others refer to one
    "types": "T1",       # each has a type of its own
    "strings": "str",    # each of 1 kB
    "tail": "str",       # links with a value each; the last one has a list of all values
    "ladder": "tuple",   # two chains; weak references from the links of one to the other
    "modules": "module",  # that one dict has, each with a name of its own
    "pairs": "T1",       # a thousand types; of a million objects each type refers to all
    "varied": "T1",      # a chain of a thousand types in no order: no two paths end alike
    "net": "T1",         # the same, and each refers to two others, anywhere
}


def shape_objects(name, n):
    """The type, the references and the value of each of n objects of that shape."""
    links = n // (2 if name == "tail" else 3)
    for i in range(n):
        kind, refs, value = "str", [], ""
        if name == "list":
            kind, refs, value = ("list", range(1, n), "") if i == 0 else ("int", [], i)
        elif name == "star":
            kind, refs = ("list", []) if i == 0 else ("dict", [0])
        elif name == "strings":
            value = "%08d" % i * 128
        elif name in ("chain", "types"):
            kind = f"T{i}" if name == "types" else "str"
            refs = [i + 1] if name == "chain" and i + 1 < n else []
        elif name == "tail" and i == n - 1:
            kind, refs = "list", range(links, 2 * links)
        elif name == "tail" and i < links:
            kind, refs = "tuple", [i + 1 if i + 1 < links else n - 1, links + i]
        elif name == "ladder" and i < 3 * links:
            column, at = divmod(i, links)
            kind = ["weakref", "tuple", "tuple"][column]
            refs = [links + at] if column == 0 else [at] if column == 2 else []
            refs += [i + 1] if column > 0 and at + 1 < links else []
        elif name == "modules":
            kind, refs = ("module", []) if i > 0 else ("dict", range(1, n))
            value = f"package{i % 100}.module{i}"
        elif name == "pairs":
            kind = f"T{i % 1000 + 1}"
            refs = sorted({(i + step) % n for step in (1, 1 + i // 1000, 500 + i // 1000)})
        elif name in ("varied", "net"):
            mixed = i * 2654435761 % 2**32
            kind, refs = f"T{(mixed >> 8) % 1000 + 1}", [i + 1] if i + 1 < n else []
            if name == "net":
                refs = sorted({*refs, mixed % n, (mixed >> 5) % n})
        yield kind, refs, value


def shape(name, n, out):
    """A dump of n objects of that shape."""
    first = 1 << 20
    for i, (kind, refs, value) in enumerate(shape_objects(name, n)):
        key = "name" if kind == "module" else "value"
        size = 8 * n if name == "list" and i == 0 else 64
        out.write(f'{{"address": {first + 64 * i}, "type": "{kind}", "size": {size}, '
                  f'"len": {len(refs)}, "{key}": "{value}", '
                  f'"refs": [{", ".join(str(first + 64 * r) for r in refs)}]}}\n')


def shape_jobs(name, dump, folder):
    """The reports on a dump of that shape, of the type that most of its objects have."""
    jobs = {"read": ["-e", f"read {dump}"]}
    for report in wanted(ONE):
        args = [a.replace("=dict", f"={KINDS[name]}").replace("=str", f"={KINDS[name]}")
                .replace("'tuple'", f"'{KINDS[name]}'") for a in report]
        jobs[" ".join(report).replace("-D ", "")] = [*args, dump]
    for report in wanted(SEVERAL):
        jobs[report[0]] = [*report, *later(dump, folder, 2)]
    return jobs


def shapes(folder, n):
    """Every report on every shape; a comparison has twice as many objects."""
    less = max(n // 4, 1)
    rows = []
    for name in KINDS:
        taken = []
        for objects in (less, n):
            dump = folder / f"{name}.json"
            with open(dump, "w", encoding="ascii") as out:
                shape(name, objects, out)
            taken.append(in_turns(shape_jobs(name, dump, folder), 1))
            dump.unlink()
        for job, (cpu, _, peak) in taken[1].items():
            objects = 2 * n if [job] in SEVERAL else n
            rows.append([f"{name}, {job}", f"{cpu:.2f}", f"{cpu * 1e6 / objects:.2f}",
                         f"{peak:.0f}", f"{peak * 1024 * 1024 / objects:.0f}",
                         exponent(taken[0][job][0], cpu, n / less)])
    table([f"{n} objects", "processor s", "us an object", "peak MB", "bytes an object",
           "exponent"], rows)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        dumps = []
        for argument in sys.argv[1:] or ["300000"]:
            dump = pathlib.Path(argument).resolve()
            if not dump.exists():
                dump = folder / f"{argument}.json"
                with open(dump, "wb") as f:
                    subprocess.run([GENERATE, argument], stdout=f, check=True)
            dumps.append(dump)
            bench(dump, folder)
        if len(dumps) > 1 and "growth" in PARTS:
            growth(dumps)
        if SHAPES > 0 and "shapes" in PARTS:
            shapes(folder, SHAPES)


if __name__ == "__main__":
    main()
