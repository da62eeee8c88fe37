#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What failed in one test program, why, and the command that runs it alone.

    failed.py TEST LOG        in the build folder; tests/driver.sh calls it
"""
import os
import pathlib
import re
import shlex
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path.cwd()
REASON_LINES = 12


def alone(test, name):
    """The command for one failure of a test program."""
    if not test.endswith(".py"):
        return f"./{test}"
    command = f"MEMSEE={shlex.quote(str(BUILD / 'memsee'))} "
    command += f"MEMSEE_BUILD={shlex.quote(str(BUILD))} "
    command += f"python3 -B {shlex.quote(os.path.relpath(TOP / test))}"
    # The other suites are quick, or have no parts that run alone.
    return f"{command} {name}" if test == "tests/cases.py" else command


def failures(log):
    """The claims that failed, each with the lines that say why."""
    found, claim = [], None
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        start = re.match(r"(not ok|ok) \d+ - (.*)$", line)
        if start:
            claim = start[2] if start[1] == "not ok" and "# TODO" not in line else None
            if claim is not None:
                found.append((claim, []))
        elif claim is not None and (line.startswith("#") or not found[-1][1]):
            found[-1][1].append(line.lstrip("# "))
    return found


def main():
    test, log = sys.argv[1], pathlib.Path(sys.argv[2])
    for claim, why in failures(log) or [(f"it did not end as it should: see {log}", [])]:
        print(f"failed: {test}: {claim}")
        for line in why[:REASON_LINES]:
            print(f"    {line}")
        if len(why) > REASON_LINES:
            print(f"    … {len(why) - REASON_LINES} lines more in {log}")
        print(f"  alone: {alone(test, claim.split(' ')[0])}", flush=True)


main()
