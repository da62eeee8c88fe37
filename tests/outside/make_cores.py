#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the three small cores of tests/data out of leaky.py.

    make_cores.py PYTHON SHRINK FOLDER

PYTHON runs the program, gcore (of gdb) takes the cores, SHRINK is what `make
tests/outside/shrink` builds, zstd packs."""
import pathlib
import subprocess
import sys
import tempfile


def main(python, shrink, folder):
    program = pathlib.Path(__file__).with_name("leaky.py")
    target = subprocess.Popen([python, "-I", "-S", "-X", "utf8", program.name],
                              cwd=program.parent, text=True, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    for stage in range(3):
        assert target.stdout.readline() == f"ready {stage}\n"
        with tempfile.TemporaryDirectory() as room:
            core = f"{room}/core"
            subprocess.run(["gcore", "-o", core, str(target.pid)], check=True,
                           capture_output=True)
            small = f"{folder}/leaky_core_{stage}"
            subprocess.run([shrink, f"{core}.{target.pid}", small], check=True)
        subprocess.run(["zstd", "-q", "-f", "--rm", "--ultra", "-22", small], check=True)
        target.stdin.write("\n")
        target.stdin.flush()
    target.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
