#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The case runner tells right from wrong: a runner that passes everything tests nothing."""
import pathlib
import subprocess
import sys
import tempfile

from tap import TOP, Tap

PROGRAM = """#!/bin/sh
printf '%s\\n' "$@"
"""


def run(folder, text, *options):
    """Runs one case; (passed, what the runner said, the case afterwards)"""
    path = folder / "cases" / "area" / "claim.t"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    child = subprocess.run(
        [sys.executable, "-B", TOP / "tests" / "cases.py", "--cases", folder / "cases",
         "--program", folder / "memsee", "--timeout", "2", *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return child.returncode == 0, child.stdout, path.read_text()


# name, case, does it pass
VERDICTS = [
    ("passes what is as wanted", "w\n--- cmd\nmemsee a\n--- stdout\na\n", True),
    ("output nobody mentioned fails", "w\n--- cmd\nmemsee a\n", False),
    ("output that does not come fails", "w\n--- cmd\ntrue\n--- stdout\na\n", False),
    ("standard error is another one", "w\n--- cmd\nmemsee a >&2\n--- stdout\na\n", False),
    ("another status fails", "w\n--- cmd\nexit 3\n", False),
    ("a wanted status passes", "w\n--- cmd\nexit 3\n--- status 3\n", True),
    ("a signal has the shell's status", "w\n--- cmd\nkill -9 $$\n--- status 137\n", True),
    ("a file as wanted passes", "w\n--- cmd\necho a >f\n--- want f\na\n", True),
    ("another file fails", "w\n--- cmd\necho a >f\n--- want f\nb\n", False),
    ("a missing file fails", "w\n--- cmd\ntrue\n--- want f\n", False),
    ("a missing last newline shows",
     "w\n--- cmd\nprintf a\n--- stdout\na\n\\ no newline\n", True),
    ("control characters and bad bytes show",
     "w\n--- cmd\nprintf 'a\\r\\377\\n'\n--- stdout\na\u240d\\xff\n", True),
    ("the scratch directory has one name", "w\n--- cmd\npwd\n--- stdout\n$DIR\n", True),
    ("steps share a directory",
     "w\n--- file f\nx\n--- cmd\ncat f; echo y >f\n--- stdout\nx\n"
     "--- cmd\ncat f\n--- stdout\ny\n", True),
    ("a second step that goes wrong fails", "w\n--- cmd\ntrue\n--- cmd\nfalse\n", False),
    ("what stays in TMPDIR fails", "w\n--- cmd\necho >$TMPDIR/rest\n", False),
    ("what hangs is killed and fails", "w\n--- cmd\nsleep 30\n", False),
    ("no sentence is malformed", "--- cmd\ntrue\n", False),
    ("no command is malformed", "w\n", False),
    ("data is there", "w\n--- use hazard_astral_py27.json as h\n--- cmd\nwc -c <h\n"
     "--- stdout\n1163\n", True),
]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="memsee-runner-") as name:
        folder = pathlib.Path(name)
        (folder / "memsee").write_text(PROGRAM)
        (folder / "memsee").chmod(0o755)
        for claim, case, wanted in VERDICTS:
            passed, said, _ = run(folder, case)
            tap.ok(passed == wanted, claim, [said])
        case = "w\n--- cmd\nmemsee a; exit 2\n--- stdout\nb\n--- cmd\ntrue\n--- stdout\nc\n"
        _, said, blessed = run(folder, case, "--bless")
        wanted = "w\n--- cmd\nmemsee a; exit 2\n--- stdout\na\n--- status 2\n--- cmd\ntrue\n"
        tap.ok(blessed == wanted, "blessing writes what happened", [said, blessed])
        tap.ok(run(folder, blessed)[0], "a blessed case passes")
        _, said, _ = run(folder, "w\n--- needs no-such-program\n--- cmd\nfalse\n")
        tap.ok("# SKIP no-such-program" in said, "what is not installed skips", [said])
    tap.done()


if __name__ == "__main__":
    main()
