# SPDX-License-Identifier: MIT
"""What the test programs in Python share: reporting in TAP, and where things are."""
import os
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("MEMSEE_BUILD", os.getcwd())).resolve()
MEMSEE = os.environ.get("MEMSEE", str(BUILD / "memsee"))


class Tap:
    """Counts tests; leave the program with done()."""

    def __init__(self):
        self.number, self.failed = 0, 0

    def ok(self, passed, name, problems=()):
        """One test; `problems` are lines that say why it failed."""
        self.number += 1
        self.failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.number} - {name}", flush=True)
        if not passed:
            for problem in problems:
                print("# " + str(problem).rstrip().replace("\n", "\n# "), flush=True)

    def none(self, problems, name):
        """One test that passes when there is no problem."""
        problems = list(problems)
        self.ok(not problems, name, problems)

    def skip(self, name, reason):
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {reason}", flush=True)

    def done(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.failed else 0)
