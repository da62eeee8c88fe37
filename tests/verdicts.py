#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The bench of verdicts: small programs that leak, and their mended twins, judged by `leaks`.

usage: verdicts.py [--all] [--suspects] [--seed N]... [--python VERSION]... [--only NAME]... [--keep FOLDER] [FILE]...

Without arguments a sample, under the Python that runs this.  With --all every scenario of every file under every
Python that is installed, and a table of what was found.  --seed N, --python VERSION and --only NAME choose among
them.  --suspects judges also what the report `suspects` says of the last dump alone: a pile of 10 % of the heap or
more in a program that leaks has to be named in its first line.  --keep FOLDER: the dumps stay in FOLDER, and those
that are there are not made again.

A scenario of tests/verdicts/*.txt is `### NAME leak|quiet FLAGS` and a program with handle(i), and leaked() where
it leaks.  Flags:

    names=A|B   a class that the first row may name
    bytesonly, approx    the growth is not that of leaked(): bytes, or an estimate
    pairmiss    cannot be found in a pair
    warm, noise, sat     quiet in a triple only: start-up that comes late, chance, a cache that fills
    pairquiet   … but quiet in a pair, too
    undecid     cannot be told from three dumps; counts nowhere
    py2, py3, py37, py38, py311    which Pythons run it
    nogc, nocollect      the collector is off; is not run before a dump
"""
import argparse
import collections
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from dumper import Python, pythons
from tap import MEMSEE, TOP, Tap

BENCH = TOP / "tests" / "verdicts"
SAMPLE = {"known.txt": ["l_linked", "l_bytearray", "l_mixed40", "l_strkeys", "l_inst_dict",
                        "q_fixed_stats", "w_import_two", "w_coupon400", "q_odict_lru"],
          "fresh.txt": ["l_histories", "l_dictattrs", "q_copyonwrite", "l_gcoff", "q_late_pool"],
          "unseen.txt": ["l_enums", "l_graph"],
          "later.txt": ["l_skiplist", "q_skiplist_mended"],
          "services.txt": ["l_linecache", "l_linebuffers", "l_bigint", "l_columns"],
          "shapes.txt": ["l_sensors"],
          "mixed.txt": ["l_cowshards", "l_cellbytes", "q_cellbytes_mended"],
          "reported.txt": ["l_archive", "q_archive_mended", "l_cyclesaved", "q_cyclesaved_mended"],
          "odd.txt": ["l_intkeyhist"],
          "states.txt": ["l_statesinlist", "q_statesinlist_mended", "l_ddtuple", "l_genstr", "l_ctxgrow"],
          "apps.txt": ["l_workerresults"],
          "calm.txt": ["w_ringlru"],
          "hard.txt": ["l_bucketresize", "q_handoff"],
          "public.txt": ["l_calls", "l_bytesintuple", "q_bytesintuple_mended", "l_sametraceback"]}


def scenarios(path):
    """Name and flags of each scenario of a file."""
    for part in path.read_text().split("### ")[1:]:
        words = part.partition("\n")[0].split()
        if words != ["common"]:
            yield words[0], words[1:]


def rows_of(dumps):
    """The rows of `leaks` for all dumps and for the first two; a text when memsee failed."""
    run = subprocess.run(
        [MEMSEE, "-q", "-f", "csv", "-e", "read " + " ".join(dumps), "select 1 as sep", "leaks",
         "select 2 as sep", "leaks 1 2"], capture_output=True, text=True)
    if run.returncode != 0:
        return run.stderr[-300:]
    at, rows = None, {"1": [], "2": []}
    for part in run.stdout.split("\n\n"):
        part = part.strip("\n")
        if part.startswith("sep\n"):
            at = part[4:].strip()
        elif at and part:
            # What follows the leaks is how each is held.
            rows[at], at = list(csv.DictReader(io.StringIO(part))), None
    return rows


def suspects_of(dump):
    """The sentence of `suspects` about one dump: what is suspect, what is smaller; a text when memsee failed."""
    run = subprocess.run([MEMSEE, "-q", TOP / "reports" / "suspects.memsee", dump], capture_output=True, text=True)
    lines = [line for line in run.stdout.splitlines() if line.startswith("Suspects: ")]
    if run.returncode != 0 or not lines:
        return run.stderr[-300:] or run.stdout[-300:]
    suspect, _, smaller = lines[0][len("Suspects: "):].replace("`", "").rstrip(".").partition("; smaller: ")
    return suspect, smaller


class Judge:
    def __init__(self, suspects=False):
        self.table, self.wrong = collections.defaultdict(collections.Counter), []
        self.suspects = suspects

    def pile(self, name, flags, dump):
        """Judges what one dump shows by itself."""
        said = suspects_of(dump)
        if isinstance(said, str):
            self.wrong.append(f"{name} suspects: {said}")
            self.table["failed", ""].update(n=1)
            return
        suspect, smaller = said
        stands_out = suspect != "nothing stands out"
        if flags[0] == "leak":
            wanted = [f[6:].split("|") for f in flags if f.startswith("names=")][0]
            named = [any(re.search(rf"\b{re.escape(n)}\b", part) for n in wanted) for part in said]
            self.table["leaks", "one"].update(n=1, shown=any(named), suspect=stands_out,
                                              named=stands_out and named[0])
            if stands_out and not named[0]:
                self.wrong.append(f"{name} suspects: {suspect}, wanted {wanted}")
        else:
            what = ([f for f in flags if f in ("warm", "noise", "sat")] or ["steady"])[0]
            self.table[what, "one"].update(n=1, alarms=stands_out)
            if stands_out:
                self.wrong.append(f"{name} suspects: alarm {suspect}")

    def leak(self, name, flags, kind, rows, counts):
        wanted = [f[6:].split("|") for f in flags if f.startswith("names=")][0]
        c = self.table["leaks", kind]
        found = bool(rows)
        first = found and rows[0]["class"] in wanted
        exact = first and ("bytesonly" in flags or "approx" in flags or
                           int(rows[0]["growth"]) == counts[-1] - counts[0])
        c.update(n=1, found=found, first=first, exact=exact)
        if not exact:
            self.wrong.append(f"{name} {kind}: {[(r['class'], r['growth']) for r in rows[:3]] or 'no leak'}, "
                              f"wanted {wanted} {counts[-1] - counts[0]}")

    def quiet(self, name, flags, kind, rows):
        what = ([f for f in flags if f in ("warm", "noise", "sat")] or ["steady"])[0]
        if kind == "pair" and what != "steady" and "pairquiet" not in flags:
            return
        self.table[what, kind].update(n=1, alarms=bool(rows))
        if rows:
            self.wrong.append(f"{name} {kind}: alarm "
                              f"{[(r['class'], r['growth'], r['signature'][:60]) for r in rows[:2]]}")

    def program(self, folder, tag, name, flags):
        """Judges the dumps of one program, if it ran."""
        base = f"{folder}/{name}"
        if os.path.exists(base + ".err"):
            self.wrong.append(f"{name} {tag}: " + pathlib.Path(base + ".err").read_text()[-200:])
            self.table["failed", ""].update(n=1)
        if not os.path.exists(base + ".counts") or "undecid" in flags:
            return
        counts = json.loads(pathlib.Path(base + ".counts").read_text())
        rows = rows_of([f"{base}.{k}.json.gz" for k in range(3)])
        if isinstance(rows, str):
            self.wrong.append(f"{name} {tag}: {rows}")
            self.table["failed", ""].update(n=1)
            return
        if self.suspects:
            self.pile(f"{name} {tag}", flags, f"{base}.2.json.gz")
        for key, kind, last in (("1", "triple", 3), ("2", "pair", 2)):
            if flags[0] == "leak" and not (kind == "pair" and "pairmiss" in flags):
                self.leak(f"{name} {tag}", flags, kind, rows[key], counts[:last])
            elif flags[0] == "quiet":
                self.quiet(f"{name} {tag}", flags, kind, rows[key])


def drive(judge, path, python, tag, seed, only, keep=None):
    """Runs the scenarios of a file (those in `only`, if any) under one Python and judges them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(keep, f"{path.stem}-{tag}-{seed}") if keep else pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        # The dumper is there as its users have it.
        dumper = subprocess.run([MEMSEE, "--print-dumper"], capture_output=True, check=True,
                                env={"MEMSEE_REPORTS": str(TOP / "reports"), **os.environ}).stdout
        pathlib.Path(scratch, "memsee_dump.py").write_bytes(dumper)
        chosen = [(name, flags) for name, flags in scenarios(path) if not only or name in only]
        absent = [name for name, _ in chosen if not (folder / (name + ".counts")).exists()]
        # What is kept is made in one run; what is not takes the room of one program at a time.
        for names in [absent] if keep and absent else [[name] for name in absent if not keep]:
            python.run([BENCH / "drive.py", path, folder, str(seed)] + names,
                       env={"PYTHONPATH": scratch}, check=True, stdout=subprocess.DEVNULL)
            if not keep:
                judge.program(folder, f"{tag} {seed}", *next(c for c in chosen if c[0] == names[0]))
                for left in folder.glob(names[0] + ".*"):
                    left.unlink()
        for name, flags in chosen if keep else []:
            judge.program(folder, f"{tag} {seed}", name, flags)


def sample():
    tap, judge = Tap(), Judge()
    for name, only in SAMPLE.items():
        drive(judge, BENCH / name, Python(sys.executable), "python3", 1, only)
    tap.ok(judge.table["leaks", "triple"]["n"] + judge.table["steady", "triple"]["n"] +
           judge.table["warm", "triple"]["n"] + judge.table["sat", "triple"]["n"] ==
           sum(map(len, SAMPLE.values())), "every program of the sample was judged")
    tap.none(judge.wrong, "each leak is found and named, and nothing else alarms")
    tap.done()


def main():
    parser = argparse.ArgumentParser(usage=__doc__.replace("%", "%%"))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--suspects", action="store_true")
    parser.add_argument("--seed", type=int, action="append", default=[])
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    if not args.all and not args.files:
        return sample()
    found = pythons(None)
    chosen = {version: found[version] for version in args.python or found}
    seeds = args.seed or [1]
    for path in map(pathlib.Path, args.files or sorted(BENCH.glob("*.txt"))):
        judge = Judge(args.suspects)
        for tag, python in chosen.items():
            for seed in seeds:
                drive(judge, path.resolve(), python, tag, seed, args.only, args.keep)
        print(f"{path.name}, Python {', '.join(chosen)}, {len(seeds)} seeds")
        for key in sorted(judge.table):
            print("  %-7s %-7s %s" % (key + (", ".join("%s %d" % kv for kv in judge.table[key].items()),)))
        print("\n".join("  " + line for line in judge.wrong), flush=True)


if __name__ == "__main__":
    main()
