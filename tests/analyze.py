#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks at src/ without running it: cppcheck, clang-tidy and gcc's analyser, in TAP.

    analyze.py

`.cppcheck` and `.clang-tidy` say what is looked for and what is left out, with the reasons.
The two compilers' tools are of one version each, for every version errs in its own way; one
that is not there is skipped, and said so.
"""
import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLAGS = ["-std=c17", "-D_GNU_SOURCE", "-Isrc", "-I.", '-DREPORTS_DIR="reports"',
         '-DPACKAGE_STRING="memsee"']
# Of gcc 12's analyser one kind is left out: it takes all that is handed over to a growing
# array for lost.  The address sanitizer and valgrind watch for leaks in every test.
GCC = ["gcc-12", *FLAGS, "-O1", "-fanalyzer", "-Wno-analyzer-malloc-leak", "-Werror", "-c",
       "-o", os.devnull]


def run(command):
    """What a tool had to say, and whether it found anything."""
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    said = [line for line in done.stdout.splitlines()
            if not line.endswith(" generated.") and "Suppressed " not in line]
    return done.returncode != 0, "\n".join(said)


def cppcheck(_):
    """One process looks at all files."""
    return [["cppcheck", "--std=c11", "--enable=warning,performance,portability", "--quiet",
             "--suppressions-list=.cppcheck", "--error-exitcode=1", "-Isrc", "src"]]


def clang_tidy(sources):
    """A process a file: clang-tidy 14 loses track of va_start() in a second one."""
    return [["clang-tidy-14", "--quiet", source, "--", *FLAGS] for source in sources]


def analyzer(sources):
    return [[*GCC, source] for source in sources]


def main():
    # cpython_offsets.c is compiled with the headers of one Python after the other.
    sources = sorted(set(glob.glob("src/*/*.c", root_dir=ROOT)) -
                     {"src/cpython/cpython_offsets.c"})
    tools = (("cppcheck", cppcheck), ("clang-tidy-14", clang_tidy), ("gcc-12", analyzer))
    failed = False
    print(f"1..{len(tools)}", flush=True)
    for number, (program, commands) in enumerate(tools, 1):
        what = f"{number} - {program} finds nothing in {len(sources)} files"
        if shutil.which(program) is None:
            print(f"ok {what} # SKIP there is no {program}", flush=True)
            continue
        with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            results = list(pool.map(run, commands(sources)))
        found = [said for bad, said in results if bad]
        for said in found:
            print("".join(f"# {line}\n" for line in said.splitlines()), end="")
        print(("not ok " if found else "ok ") + what, flush=True)
        failed |= bool(found)
    return failed


if __name__ == "__main__":
    sys.exit(main())
