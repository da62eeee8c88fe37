#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The leaks that were planted come out first, with their exact counts: in all dumps of the
leaking program, in both Pythons, asked by commands and by the report `why`.

What is true stands in tests/data/truth_*.json, written by the process that was dumped."""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
# What a signature says between two types: `[]`, `{}`, `['key']`, `.name`.
LABEL = re.compile(r"(?<!\S)(\[\S*\]|\.?\{\S*\}|\.\w+|->)(?=\s)")
# The bodies of the uploads: what the dicts of handlers hold.
BODIES = """type = '{}' and address in (select child from ref where parent in
    (select child from ref where parent in (select address from obj where type = 'UploadHandler')))"""


def run(*args):
    child = subprocess.run([MEMSEE, "-q", "-f", "csv", *args], capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    return [list(csv.DictReader(io.StringIO(part))) for part in child.stdout.split("\n\n")]


def types(signature):
    return LABEL.sub("", signature).split()


def ends_in(signature, chain):
    """Whether the chain of types is the end of the signature, in which an object and the
    dict of its attributes are one."""
    found = types(signature)
    chain = [name for before, name in zip([None, *chain], chain)
             if not (name == "dict" and before in ("UploadHandler", "Registry"))]
    return found[-len(chain):] == chain


def wrong_first(row, chain, objects, size=None):
    if not ends_in(row["signature"], chain) or int(row["objects"]) != objects:
        yield f"first is {row}, wanted {objects} by {chain}"
    if size is not None and int(row["bytes"]) != size:
        yield f"{row['bytes']} bytes, wanted {size}"


def wrong_signatures(database, truth, dump):
    chain, counts = truth["upload_chain"], dump["counts"]
    bodies = " ".join(BODIES.format(chain[-1]).split())
    handlers, sessions, held, nodes, garbage = run(
        "-d", database, "-e", "signatures to \"type = 'UploadHandler'\"",
        "signatures to \"type = 'LeakedSession'\"", f'signatures to "{bodies}"',
        "signatures to \"type = 'CycleNode'\"", "garbage")
    yield from wrong_first(handlers[0], chain[:4], counts["UploadHandler"])
    yield from wrong_first(sessions[0], truth["login_chain"][:5], counts["LeakedSession"])
    yield from wrong_first(held[0], chain, dump["leaked_body_distinct"],
                           dump["leaked_body_size_sum"])
    lost = {row["type"]: int(row["objects"]) for row in garbage}
    if nodes or lost.get("CycleNode", 0) != counts["CycleNode"]:
        yield f"{counts['CycleNode']} garbage cycles, found {nodes} and {lost}"


def wrong_paths(database, dump):
    """The one path to a handler goes through the very objects that the process named."""
    at = dump["addresses"]
    for goal, through in (("first_handler", ("REGISTRY", "REGISTRY.entries", "first_entry")),
                          ("last_handler", ("REGISTRY", "REGISTRY.entries")),
                          ("last_handler_body", ("REGISTRY", "last_handler"))):
        found, = run("-d", database, "-e", f"select address from path(0, {at[goal]})")
        found = [int(row["address"]) for row in found]
        steps = [found.index(at[name]) if at[name] in found else -1
                 for name in (*through, goal)]
        if -1 in steps or steps != sorted(steps):
            yield f"the path to {goal} is {found}"


def wrong_report(folder, source, truth, dump):
    for name, chain in (("UploadHandler", truth["upload_chain"][:4]),
                        ("LeakedSession", truth["login_chain"][:5])):
        out = folder / name
        run("-o", f"{out}/", "-D", f"what=type = '{name}'", "why", str(source))
        with open(out / "paths-that-hold-them.csv", encoding="utf-8", newline="") as f:
            row = next(csv.DictReader(f))
        yield from wrong_first(row, chain, dump["counts"][name])


def main():
    tap = Tap()
    os.environ["MEMSEE_REPORTS"] = str(TOP / "reports")
    for python in ("py27", "py310"):
        truth = json.loads((DATA / f"truth_{python}.json").read_text(encoding="utf-8"))
        for dump in truth["dumps"]:
            source, name = DATA / (dump["file"] + ".gz"), dump["file"]
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                database = str(folder / "heap.db")
                run("-d", database, "-e", f"read {source}")
                tap.none(wrong_signatures(database, truth, dump),
                         f"{name}: the first signature is the planted chain, counted exactly")
                tap.none(wrong_paths(database, dump),
                         f"{name}: paths go through the objects that the process named")
                tap.none(wrong_report(folder, source, truth, dump),
                         f"{name}: the report why says the same")
    tap.done()


main()
