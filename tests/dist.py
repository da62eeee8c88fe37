#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tarball holds what the checkout holds: a suite that is not shipped is not run."""
import os
import pathlib
import re
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


def main():
    tap = Tap()
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
