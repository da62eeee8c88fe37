#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the graph says of real heaps, against slow obvious twins, for a sample of objects.

    sampled.py [DUMP]...

Paths are as long as a plain walk says, an object dominates what no root reaches without it
and retains its bytes, retained sizes add up to the heap, a cycle is what leads to each
other, the tables of SQL say the same, and signatures, merged paths, owners and garbage add
up.  The sample is seeded; without arguments the dumps of tests/data are taken, and small
random heaps."""
import csv
import io
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
DUMPS = ["tiny_py27.json", "tiny_py310.json", "leaky_py27_2.json.gz", "leaky_py310_2.json.gz"]
PAIRS, REMOVED, MEMBERS, RANDOM = 12, 10, 10, 30


def ask(database, *commands):
    """The rows of each command's only result, as dicts."""
    child = subprocess.run([MEMSEE, "-q", "-f", "csv", "-d", str(database), "-e", *commands],
                           capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    return [list(csv.DictReader(io.StringIO(part)))
            for part in child.stdout.split("\n\n")]


class Heap:
    def __init__(self, database):
        connection = sqlite3.connect(database)
        self.size = dict(connection.execute("select address, coalesce(size, 0) from obj"))
        self.type = dict(connection.execute("select address, coalesce(type, '') from obj"))
        self.children = {address: [] for address in self.size}
        self.parents = {address: [] for address in self.size}
        for parent, child in connection.execute("select parent, child from ref"):
            if parent in self.size and child in self.size:
                self.children[parent].append(child)
                self.parents[child].append(parent)
        connection.close()
        self.addresses = sorted(self.size)
        self.roots = [int(row["address"]) for row in ask(database, "roots")[0]]
        self.live = self.reach(self.roots)

    def reach(self, start, without=(), reverse=False):
        """Steps to everything that is reached: {address: steps}"""
        edges = self.parents if reverse else self.children
        steps = {address: 0 for address in start if address not in without}
        level = list(steps)
        while level:
            following = []
            for address in level:
                for other in edges[address]:
                    if other not in steps and other not in without:
                        steps[other] = steps[address] + 1
                        following.append(other)
            level = following
        return steps


def wrong_paths(heap, database, choose):
    starts = choose.sample(heap.addresses, PAIRS // 3) + choose.choices(heap.roots, k=2)
    pairs = [(0, choose.choice(heap.addresses)) for _ in range(PAIRS)]
    for start in starts:
        near = list(heap.reach([start]))
        pairs += [(start, choose.choice(near)) for _ in range(PAIRS // 6)]
        pairs.append((start, choose.choice(heap.addresses)))
    found = ask(database, *(f"select count(*) n from path({a}, {b})" for a, b in pairs))
    for (start, goal), rows in zip(pairs, found):
        steps = heap.live if start == 0 else heap.reach([start])
        want = steps[goal] + 1 if goal in steps else 0
        if int(rows[0]["n"]) != want:
            yield f"path({start}, {goal}): {rows[0]['n']} objects, wanted {want}"


def wrong_dominators(heap, database, choose):
    rows, = ask(database, "select address, dominator, retained, objects from dominators")
    rows = {int(row["address"]): {name: int(cell) for name, cell in row.items()}
            for row in rows}
    if set(rows) != set(heap.live):
        yield f"{len(rows)} objects have a row, {len(heap.live)} are alive"
    total = sum(heap.size[address] for address in heap.live)
    tops = sum(row["retained"] for row in rows.values() if row["dominator"] == 0)
    if tops != total:
        yield f"retained sizes add up to {tops}, the heap to {total}"
    most = sorted(rows, key=lambda address: -rows[address]["objects"])
    for address in most[:REMOVED // 2] + choose.sample(sorted(rows), REMOVED // 2):
        freed = set(heap.live) - set(heap.reach(heap.roots, without=[address]))
        row = rows[address]
        if (row["objects"], row["retained"]) != (len(freed), sum(heap.size[a] for a in freed)):
            yield f"{address} frees {len(freed)} objects, not {row['objects']}"
        # Who is freed with it hangs below it in the tree, and nobody else.
        below = {address}
        for other in choose.sample(sorted(rows), min(len(rows), 200)):
            chain, up = [], other
            while up not in below and up != 0:
                chain.append(up)
                up = rows[up]["dominator"]
            if (up != 0) != (other in freed):
                yield f"{address} and {other}: freed and below differ"


def wrong_cycles(heap, database, choose):
    listed, = ask(database, "cycles top 100000")
    cycles = {int(row["address"]): row for row in listed}
    for address in list(cycles)[:4] + choose.sample(heap.addresses, MEMBERS):
        members = set(heap.reach([address])) & set(heap.reach([address], reverse=True))
        if len(members) == 1 and address not in heap.children[address]:
            if address in cycles:
                yield f"{address} is in no cycle"
            continue
        first = min(members)
        row = cycles.get(first, {"objects": 0, "bytes": 0})
        want = len(members), sum(heap.size[member] for member in members)
        if (int(row["objects"]), int(row["bytes"])) != want:
            yield f"the cycle of {first} has (objects, bytes) {want}, not {row}"


def wrong_tables(heap, database, choose):
    """The graph as tables of SQL."""
    sample = choose.sample(heap.addresses, 6) + choose.sample(sorted(heap.live), 4)
    asked = [f"{name}({address})" for address in [*sample, 0]
             for name in ("children", "parents", "reachable", "dominated")]
    found = ask(database, *(f"select * from {table}" for table in asked))
    found = dict(zip(asked, found))

    def column(table, name):
        return {int(row["address"]): int(row[name]) for row in found[table]}

    for address in sample:
        if set(column(f"children({address})", "address")) != set(heap.children[address]):
            yield f"children({address})"
        if set(column(f"parents({address})", "address")) != set(heap.parents[address]):
            yield f"parents({address})"
        if column(f"reachable({address})", "depth") != heap.reach([address]):
            yield f"reachable({address})"
        freed = set(heap.live) - set(heap.reach(heap.roots, without=[address]))
        if set(column(f"dominated({address})", "address")) != freed:
            yield f"dominated({address})"
    if set(column("children(0)", "address")) != set(heap.roots) or found["parents(0)"]:
        yield "children(0), parents(0)"
    if column("reachable(0)", "depth") != heap.live:
        yield "reachable(0)"
    if set(column("dominated(0)", "address")) != set(heap.live):
        yield "dominated(0)"


def totals(heap, addresses):
    """{type: (objects, bytes)}"""
    sums = {}
    for address in addresses:
        objects, size = sums.get(heap.type[address], (0, 0))
        sums[heap.type[address]] = objects + 1, size + heap.size[address]
    return sums


def owners_by_type(heap, above, name, skipped):
    """{type of the owner: objects of that type it owns}, "" for no owner."""
    count = {}
    for address in above:
        if heap.type[address] != name:
            continue
        up = above[address]
        while up != 0 and heap.type[up] in skipped:
            up = above[up]
        owner = heap.type[up] if up != 0 else ""
        count[owner] = count.get(owner, 0) + 1
    return count


def wrong_sums(heap, database, choose):
    """What is grouped adds up to what was asked for."""
    listed, = ask(database, "garbage")
    rows = {row["type"]: (int(row["objects"]), int(row["bytes"])) for row in listed}
    if rows != totals(heap, set(heap.addresses) - set(heap.live)):
        yield "garbage"
    alive = totals(heap, heap.live)
    rows, = ask(database, "select address, dominator from dominators")
    above = {int(row["address"]): int(row["dominator"]) for row in rows}
    for name in choose.sample(sorted(alive), min(len(alive), 6)):
        condition = "type = '" + name.replace("'", "''") + "'"
        ways, tree, owned = ask(database, f'signatures to "{condition}" top 1000000',
                                f'paths to "{condition}" top 1000000',
                                f'owned of "{condition}" skipping "dict list"')
        for what, rows, count in [("signatures", ways, "objects"), ("owned", owned, "objects"),
                                  ("paths", [row for row in tree if "· " not in row["tree"]],
                                   "targets")]:
            found = tuple(sum(int(row[c]) for row in rows) for c in (count, "bytes"))
            if found != alive[name]:
                yield f"{what} of {name}: {found}, wanted {alive[name]}"
        if ({row["type"]: int(row["objects"]) for row in owned}
                != owners_by_type(heap, above, name, ("dict", "list"))):
            yield f"owned of {name}: {owned}"
    for count in (1, 10, 100):
        chosen = choose.sample(heap.addresses, min(count, len(heap.addresses)))
        row, = ask(database, f'retained of "address in ({",".join(map(str, chosen))})"')[0]
        freed = set(chosen) | set(heap.live) - set(heap.reach(heap.roots, without=set(chosen)))
        want = len(freed), sum(heap.size[address] for address in freed)
        if (int(row["retained_objects"]), int(row["retained"])) != want:
            yield f"{count} retain {row}, wanted {want}"


CLAIMS = [("paths are as long as a walk", wrong_paths),
          ("dominators own what falls without them", wrong_dominators),
          ("cycles are what leads to each other", wrong_cycles),
          ("tables of SQL are the graph", wrong_tables),
          ("groups add up", wrong_sums)]


def problems(name, seed):
    """(claim, what is wrong) for each claim about that dump."""
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "heap.db"
        subprocess.run([MEMSEE, "-q", "-d", database, "-e", f"read {name}"], check=True)
        heap = Heap(database)
        for claim, check in CLAIMS:
            yield claim, list(check(heap, database, random.Random(seed)))


def write_heap(path, seed):
    """A small heap in which everything happens: cycles, garbage, repeated references,
    objects that refer to themselves and to what is no object."""
    choose = random.Random(seed)
    addresses = sorted(choose.sample(range(1000, 9000), choose.randrange(30, 90)))
    types = ["dict", "list", "Node", "module", "frame", "type", "it's"]
    with open(path, "w", encoding="ascii") as f:
        for address in addresses:
            refs = choose.choices(addresses[1:] + [address, 9999], k=choose.choice((0, 1, 1, 3)))
            if address == addresses[0]:
                refs = addresses[1::3]
            f.write(json.dumps({"address": address, "type": choose.choice(types),
                                "size": choose.randrange(1000), "refs": refs}) + "\n")


def random_heaps(tap):
    found = {claim: [] for claim, _ in CLAIMS}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "random.json"
        for seed in range(RANDOM):
            write_heap(path, seed)
            for claim, wrong in problems(path, seed):
                found[claim] += [f"seed {seed}: {problem}" for problem in wrong]
    for claim, wrong in found.items():
        tap.none(wrong, f"{RANDOM} random heaps: {claim}")


def main():
    tap = Tap()
    for name in sys.argv[1:] or [DATA / dump for dump in DUMPS]:
        for claim, wrong in problems(name, 1):
            tap.none(wrong, f"{pathlib.Path(name).name}: {claim}")
    if len(sys.argv) == 1:
        random_heaps(tap)
    tap.done()


main()
