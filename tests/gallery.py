#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual's gallery is what the shipped reports write today.

src/manual/gallery.md holds each report's output on the sample dumps, its headings two
levels down, and src/manual/gallery its pictures.  With --write both are made anew: `make
gallery`.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import MEMSEE, TOP, Tap

PAGE = TOP / "src" / "manual" / "gallery.md"
PICTURES = TOP / "src" / "manual" / "gallery"
DATA = TOP / "tests" / "data"
LAST = "leaky_py310_2.json.gz"
ALL = [f"leaky_py310_{i}.json.gz" for i in range(3)]
HEAD = """# What the shipped reports look like

Each report's own output, made by `make gallery` from the sample dumps in `tests/data`: a small
web application after 100, 600 and 1100 requests, which never releases its uploads and
sessions. Tables are kept short with `-D top=`; GitHub draws the graphs; as pages for a browser
(`-o report.html`) the reports show more, and you can zoom and sort.
"""
# How each is called here; a report that is missing is called with the last dump alone.
CALLS = {
    "suspects": [LAST],
    "summary": ["-D", "top=6", LAST],
    "leak-check": ALL,
    "diff": ["-D", "top=5", *ALL[:2]],
    "trend": ["-D", "top=6", *ALL],
    "why": ["-D", "what=type = 'UploadHandler'", LAST],
    "types": ["-D", "type=UploadHandler", "-D", "top=5", LAST],
    "owners": ["-D", "top=5", "-D", "percent=5", LAST],
    "cycles": ["-D", "top=4", LAST],
    "duplicates": ["-D", "top=5", LAST],
    "collections": ["-D", "top=5", LAST],
    "strings": ["-D", "top=5", LAST],
    "graphml": ["-D", "of=type = 'LRUNode'", LAST],
    "neo4j": ["-D", "of=type = 'LRUNode'", LAST],
}


def names():
    run = subprocess.run([MEMSEE, "--list-reports"], capture_output=True, text=True, check=True)
    lines = [line.split(None, 1) for line in run.stdout.splitlines()]
    order = list(CALLS)
    lines.sort(key=lambda line: order.index(line[0]) if line[0] in order else len(order))
    return lines


def shown(name, args, pictures):
    """The report, called where the dumps are at hand and files may be left; its pictures
    are added to `pictures`, by their names."""
    options = [a for a in args if a == "-D" or "=" in a]
    dumps = [a for a in args if a not in options]
    with tempfile.TemporaryDirectory() as scratch:
        for dump in ALL:
            os.symlink(DATA / dump, os.path.join(scratch, dump))
        os.mkdir(os.path.join(scratch, "gallery"))
        run = subprocess.run([MEMSEE, "-q", "-o", "-", "-o", f"svg:gallery/{name}/", *options,
                              name, *dumps], cwd=scratch, capture_output=True, text=True)
        for picture in pathlib.Path(scratch, "gallery").glob("*/*.svg"):
            pictures[f"{name}/{picture.name}"] = picture.read_text(encoding="utf-8")
    if run.returncode > 1 or (run.stderr and run.returncode == 0):
        raise RuntimeError(f"{name}: status {run.returncode}: {run.stderr}")
    quoted = [f'"{a}"' if " " in a else a for a in [*options, name, *dumps]]
    return f"```console\nmemsee {' '.join(quoted)}\n```\n\n" + re.sub(
        r"^(#+ )", r"##\1", run.stdout, flags=re.M)


def page():
    """The page, and its pictures by name."""
    parts, pictures = [HEAD], {}
    for name, summary in names():
        parts.append(f"## {name}\n\n{summary}\n\n"
                     + shown(name, CALLS.get(name, [LAST]), pictures))
    return "\n".join(parts), pictures


def kept():
    return {p.relative_to(PICTURES).as_posix(): p.read_text(encoding="utf-8")
            for p in PICTURES.glob("*/*.svg")}


def write():
    text, pictures = page()
    PAGE.write_text(text, encoding="utf-8")
    shutil.rmtree(PICTURES, ignore_errors=True)
    for name, picture in pictures.items():
        path = PICTURES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(picture, encoding="utf-8")


def main():
    os.environ["MEMSEE_REPORTS"] = str(TOP / "reports")
    if sys.argv[1:] == ["--write"]:
        write()
        return
    tap = Tap()
    text, pictures = page()
    tap.ok(PAGE.read_text(encoding="utf-8") == text and kept() == pictures,
           "the gallery is current", ["`make gallery` makes it anew: review the diff"])
    tap.done()


main()
