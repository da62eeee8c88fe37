#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Seeds for the fuzz targets, and their replay as tests.

    fuzz.py                      replays every seed and everything once found, in TAP
    fuzz.py --seeds DIR          writes the seeds to DIR/TARGET/, for `make fuzz`

Seeds come from what the other tests use: lines of the sample dumps, the scripts and
commands of the cases, CSV files.  What a fuzzer found lies in tests/fuzz/found/TARGET/.
"""
import argparse
import gzip
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import tap

TESTS = tap.TOP / "tests"
TARGETS = ("core", "dump", "heap", "heapsnapshot", "hprof", "import", "load", "php", "ruby",
           "script", "subst", "whole")
# Small dumps of other runtimes, and the target that each is for.
FOREIGN = {"tiny.heapsnapshot": "heapsnapshot", "tiny.hprof": "hprof", "tiny_ruby.json": "ruby",
           "tiny_php.json": "php"}
SECTION = re.compile(r"^--- (\w+)(?: (.*))?$")


def dump_lines():
    """Some lines of each sample dump, always the same ones."""
    chosen = random.Random(1)
    for path in sorted((TESTS / "data").glob("*.json*")):
        if path.name.startswith("truth"):
            continue
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as file:
            lines = [line for line in file.read(400000).split(b"\n") if len(line) < 2000]
        yield from chosen.sample(lines, min(len(lines), 25))


def case_texts():
    """The scripts, and the commands given with -e, of all cases."""
    for path in sorted((TESTS / "cases").glob("*/*.t")):
        kind, name, lines = None, "", []
        for line in path.read_text(encoding="utf-8").splitlines() + ["--- end"]:
            match = SECTION.match(line)
            if not match:
                lines.append(line)
                continue
            text = "\n".join(lines)
            if kind == "file" and name.endswith((".memsee", ".csv")):
                yield name.rsplit(".", 1)[1], text
            elif kind == "cmd":
                for command in re.findall(r"'([^'\n]{3,})'", text):
                    yield "memsee", command
            kind, name, lines = match.group(1), match.group(2) or "", []


def seeds():
    """The seeds of each target."""
    found = {target: set() for target in TARGETS}
    lines, chosen = list(dump_lines()), random.Random(2)
    found["dump"].update(lines)
    for start in range(0, len(lines), 20):
        block = b"\n".join(lines[start:start + 20]) + b"\n"
        found["load"].add(block)
        found["load"].add(block[:-30])
        found["load"].add(gzip.compress(block, mtime=0))
    for kind, text in case_texts():
        data = text.encode()
        if kind == "csv":
            found["import"].add(data)
        else:
            found["script"].add(data)
            found["whole"].add(data)
            found["subst"].update(data.split(b"\n"))
    for name, target in FOREIGN.items():
        found[target].add((TESTS / "data" / name).read_bytes())
    found["heap"].update(chosen.randbytes(40 * (1 + size)) for size in range(40))
    # Patches of a real core: 12 bytes each.
    found["core"].update(chosen.randbytes(12 * n) for n in (0, 1, 10, 100, 400))
    found["import"].update((b"a,b\r\n1,\"x\"\"y\"\n,\"\"\n", b"a\n1,2\n", b"\"a", b""))
    return found


def write_seeds(folder):
    for target, texts in seeds().items():
        place = folder / target
        place.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(sorted(texts)):
            (place / f"seed-{number:04}").write_bytes(text)


def replay(report):
    with tempfile.TemporaryDirectory() as scratch:
        write_seeds(pathlib.Path(scratch))
        for target in TARGETS:
            program = tap.BUILD / "tests" / "fuzz" / target
            if not program.exists():
                report.ok(False, f"{target} survives its seeds", ["`make check` builds it"])
                continue
            files = sorted(pathlib.Path(scratch, target).iterdir())
            files += sorted((TESTS / "fuzz" / "found" / target).glob("*"))
            run = subprocess.run([program, *files], stdin=subprocess.DEVNULL,
                                 capture_output=True, cwd=scratch)
            report.ok(run.returncode == 0 and files, f"{target} survives its seeds",
                      run.stderr.decode(errors="replace").splitlines()[-20:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=pathlib.Path)
    options = parser.parse_args()
    if options.seeds:
        write_seeds(options.seeds)
        return
    report = tap.Tap()
    replay(report)
    report.done()


if __name__ == "__main__":
    sys.exit(main())
