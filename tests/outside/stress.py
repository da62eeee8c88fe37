#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes many snapshots of programs in eleven states and says how they fared.

    stress.py [--python PYTHON] [--count N] [--by fork|copy|inject] [STATE...]

MEMSEE names the program.  A state fails when its program died, noticed anything (see
states.py), does not go on, or has a child; or when a snapshot lacks an object."""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from states import STATES  # noqa: E402

MEMSEE = os.environ.get("MEMSEE", "memsee")


def turns(log):
    lines = [line for line in log.read_text().splitlines() if line.startswith("turns")]
    return int(lines[-1].split()[1]) if lines else 0


def wait_for_turn(log, after, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if turns(log) > after:
            return True
        time.sleep(0.02)
    return False


def snapshot(pid, by, room):
    """One line that says what went wrong, or None."""
    if by == "inject":
        script, mark = pathlib.Path(room) / "script.py", pathlib.Path(room) / "ran"
        mark.unlink(missing_ok=True)
        script.write_text(f"import sys\nopen({str(mark)!r}, 'w').write('ran')\n")
        run = subprocess.run([MEMSEE, "--inject", str(pid), str(script)],
                             capture_output=True, text=True)
        end = time.monotonic() + 30
        while run.returncode == 0 and not mark.exists():
            if time.monotonic() > end:
                return "the script did not run"
            time.sleep(0.005)
    else:
        query = "select count(*) from obj where type = 'Program'"
        run = subprocess.run([MEMSEE, "-q", "-f", "csv", "--by", by, "--snap", str(pid), "-e",
                              query], capture_output=True, text=True)
    if run.returncode != 0:
        return run.stderr.strip()
    if by != "inject" and run.stdout.split()[-1:] != ["1"]:
        return "no Program in it"
    return None


def children(pid):
    found = []
    for tasks in pathlib.Path(f"/proc/{pid}/task").iterdir():
        found += (tasks / "children").read_text().split()
    return found


def stress(python, state, count, by):
    """(snapshots, problems) of one state."""
    problems = []
    with tempfile.TemporaryDirectory() as room:
        log = pathlib.Path(room) / "log"
        program = subprocess.Popen([python, str(HERE / "states.py"), state, str(log)],
                                   stdout=subprocess.DEVNULL)
        while not log.exists():
            time.sleep(0.02)
        if not wait_for_turn(log, 0):
            problems.append("it does not begin")
        for _ in range(count):
            time.sleep(random.random() * 0.03)
            problem = snapshot(program.pid, by, room)
            if problem:
                problems.append(problem)
            if program.poll() is not None:
                problems.append(f"it died: {program.returncode}")
                return problems
        if not wait_for_turn(log, turns(log)):
            problems.append("it does not go on")
        problems += [f"child {child}" for child in children(program.pid)]
        status = pathlib.Path(f"/proc/{program.pid}/status").read_text()
        if "\nState:\tT" in status or "TracerPid:\t0" not in status:
            problems.append("it is stopped")
        program.kill()
        program.wait()
        problems += [line for line in log.read_text().splitlines()
                     if line.startswith("wrong")]
    return problems


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--python", default=sys.executable)
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--by", default="fork")
    options.add_argument("states", nargs="*")
    options = options.parse_args()
    bad = 0
    for state in options.states or STATES:
        problems = stress(options.python, state, options.count, options.by)
        print(f"{state}: {options.count} by {options.by}, {len(problems)} problems", flush=True)
        for problem in problems[:5]:
            print("   " + problem)
        bad += len(problems)
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
