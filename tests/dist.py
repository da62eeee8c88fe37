#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tarball holds what the checkout holds: a suite that is not shipped is not run.  And
`.ci/try`, the first command that a newcomer types, stops where something fails, and says why."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from tap import BUILD, TOP, Tap

ROOMS = ("src", "tests", "reports", ".ci")
# What building, testing and editing leave behind.
GENERATED = re.compile(r"\.(o|a|log|trs|gcda|gcno|pyc)$|~$|(^|/)(\.deps|__pycache__)/|\.dirstamp$")


def files(top):
    found = set()
    for room in ROOMS:
        for path in (top / room).rglob("*"):
            if path.is_file():
                found.add(path.relative_to(top).as_posix())
    return found


def is_program(top, name):
    """A unit test that was built in place."""
    return (top / f"{name}.c").is_file()


def make(folder):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", "-s", "distdir", f"distdir={folder}/dist"], cwd=BUILD,
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)


# What fails in a checkout, and a line that its user has to see.
STOPS = {
    "autoreconf": ({"configure": None, "bin/autoreconf": "echo no autoconf here >&2; exit 1"},
                   "no autoconf here"),
    "configure": ({"configure": "echo SQLite 3.34 is too old >&2; exit 77"},
                  "SQLite 3.34 is too old"),
    "make": ({"configure": "printf 'all:\\n\\t@echo no such header >&2; false\\n' >Makefile"},
             "no such header"),
}


def stops(scripts, reason):
    """What is wrong with `.ci/try` in a checkout of those scripts."""
    with tempfile.TemporaryDirectory(prefix="memsee-try-") as folder:
        top = pathlib.Path(folder)
        (top / ".ci").mkdir()
        (top / "bin").mkdir()
        shutil.copy(TOP / ".ci" / "try", top / ".ci")
        for name, text in {".ci/setup": "exit 0", **scripts}.items():
            if text is not None:
                (top / name).write_text(f"#!/bin/sh\n{text}\n")
                (top / name).chmod(0o755)
        run = subprocess.run([".ci/try"], cwd=top, capture_output=True, text=True,
                             env={**os.environ, "PATH": f"{top}/bin:{os.environ['PATH']}"})
        wrong = []
        if run.returncode != 1:
            wrong.append(f"status {run.returncode}")
        if reason not in run.stderr or not run.stderr.endswith("try: the build failed\n"):
            wrong.append(f"it says: {run.stderr}")
        if "suspects" in run.stdout:
            wrong.append(f"it went on: {run.stdout}")
        return wrong


def main():
    tap = Tap()
    for step, (scripts, reason) in STOPS.items():
        tap.none(stops(scripts, reason), f".ci/try stops when {step} fails, and shows why")
    with tempfile.TemporaryDirectory(prefix="memsee-dist-") as folder:
        run = make(folder)
        tap.ok(run.returncode == 0, "make distdir works", [run.stdout])
        shipped = files(pathlib.Path(folder) / "dist")
    here = {f for f in files(TOP) if not GENERATED.search(f) and not is_program(TOP, f)}
    tap.none(sorted(here - shipped), "nothing is missing from the tarball")
    tap.none(sorted(f for f in shipped if GENERATED.search(f)), "no build log is shipped")
    cases = [f for f in here if f.endswith(".t")]
    tap.ok(len(cases) == sum(f.endswith(".t") for f in shipped),
           "the tarball has as many cases as the checkout")
    tap.done()


if __name__ == "__main__":
    main()
