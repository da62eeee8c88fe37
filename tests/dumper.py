#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The dumper, under every Python found here: what it writes is what the process knew."""
import collections
import concurrent.futures
import glob
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
VERSIONS = ["2.7"] + [f"3.{minor}" for minor in range(6, 15)]
SUITE = TOP / "tests" / "dumper" / "test_dump.py"
# Quick, and all that depends on the version; the rest runs under this Python alone.
QUICK = ["Values", "Labels", "Frames", "Disturbance.test_no_special_method_is_called"]
# The leaky program asks meliae for its dumps; this stands in for it.
SCANNER = """
import sys
import memsee_dump
size_of = sys.getsizeof
dump_all_objects = memsee_dump.dump
"""
# meliae measures these otherwise: True and False by the size of their type, classes of a
# metaclass by that of the metaclass plus 40 bytes for each member of an Enum, lists of names
# inside re and frames depend on what was compiled and called.
SIZED_OTHERWISE = {"bool", "ABCMeta", "EnumMeta", "frame"}


def version(python):
    code = "import sys; print('%d.%d %s' % (sys.version_info[:2] + (sys.executable,)))"
    try:
        run = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.split() if run.returncode == 0 else None


def pythons():
    """The Pythons found, by version: on the path, and where pyenv keeps them."""
    found = {}
    for name in VERSIONS:
        kept = os.path.expanduser(f"~/.pyenv/versions/{name}.*/bin/python")
        for python in [f"python{name}"] + sorted(glob.glob(kept)):
            answer = version(python)
            if answer and answer[0] == name:
                found.setdefault(name, answer[1])
    return found


def chosen(found):
    """The oldest and the newest, unless all are asked for: MEMSEE_ALL_PYTHONS=1."""
    names = [name for name in VERSIONS if name in found]
    if not os.environ.get("MEMSEE_ALL_PYTHONS"):
        names = sorted(set(names[:1] + names[-1:]), key=VERSIONS.index)
    return {name: found[name] for name in names}


def run_suite(python, tests):
    run = subprocess.run([python, "-B", str(SUITE)] + tests, capture_output=True, text=True)
    return run.returncode == 0, run.stderr


def run_leaky(python, folder):
    """The leaky program's dumps and what it knows of itself."""
    package = pathlib.Path(folder) / "meliae"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "scanner.py").write_text(SCANNER)
    env = dict(os.environ, PYTHONPATH=f"{folder}:{TOP / 'reports'}")
    subprocess.run([python, "-B", str(DATA / "leaky_app.py"), folder, "x", "100"],
                   env=env, check=True)
    return json.loads((pathlib.Path(folder) / "truth_x.json").read_text())


def objects(path):
    with open(path, encoding="ascii") as lines:
        next(lines)
        return [json.loads(line) for line in lines]


def sizes(found):
    """The size of each type all of whose objects have the same."""
    all_sizes = collections.defaultdict(set)
    for obj in found:
        all_sizes[obj["type"]].add(obj["size"])
    return {kind: min(some) for kind, some in all_sizes.items() if len(some) == 1}


def check_leaky(tap, name, folder, truth):
    problems = []
    for entry in truth["dumps"][::2]:
        found = objects(os.path.join(folder, entry["file"]))
        counts = collections.Counter(obj["type"] for obj in found)
        wanted = dict(entry["counts"])
        del wanted["generator_streams"]  # the library has some too
        problems += [f"{entry['file']}: {counts[kind]} of {kind}, not {count}"
                     for kind, count in wanted.items() if counts[kind] != count]
    tap.none(problems, f"{name}: the classes of the leaky program are counted as it counts")
    check_chain(tap, name, found, truth)
    if name == "3.10":
        check_sizes(tap, found)
    check_report(tap, name, folder, truth)


def check_chain(tap, name, found, truth):
    """From the registry to the last upload, by labels."""
    by_address = {obj["address"]: obj for obj in found}
    obj = by_address[truth["dumps"][-1]["addresses"]["REGISTRY"]]
    labels = [".entries", f"[{truth['dumps'][-1]['counts']['UploadHandler'] - 1}]", "['handler']"]
    labels += ["['body']"] if "dict" in truth["upload_chain"][4:] else [".body"]
    for label in labels:
        if label == "['body']":
            obj = by_address[obj["refs"][obj["labels"].index(".__dict__")]]
        obj = by_address[obj["refs"][obj["labels"].index(label)]]
    tap.ok(obj["address"] == truth["dumps"][-1]["addresses"]["last_handler_body"],
           f"{name}: labels lead from the registry to the last upload")


def check_sizes(tap, found):
    import gzip
    with gzip.open(DATA / "leaky_py310_0.json.gz", "rt") as lines:
        theirs = sizes(json.loads(line) for line in lines)
    ours = sizes(found)
    tap.none([f"{kind}: {ours[kind]} bytes, in meliae's dump {theirs[kind]}"
              for kind in sorted(set(ours) & set(theirs) - SIZED_OTHERWISE)
              if ours[kind] != theirs[kind]],
             "3.10: types have the sizes that meliae gives them")


def check_report(tap, name, folder, truth):
    """The program reads it, first line, labels and all."""
    query = "select count(*) as n from obj where type = 'UploadHandler'"
    last = truth["dumps"][-1]
    run = subprocess.run([MEMSEE, "-q", "-f", "csv", "-e", f"read {folder}/{last['file']}",
                          query], capture_output=True, text=True)
    wanted = str(last["counts"]["UploadHandler"])
    tap.ok(run.returncode == 0 and wanted in re.findall(r"\d+", run.stdout),
           f"{name}: the dump is read", [run.stdout, run.stderr])
    path = subprocess.run([MEMSEE, "-q", "-f", "csv", "-e", f"read {folder}/{last['file']}",
                           "signatures to \"type = 'UploadHandler'\""],
                          capture_output=True, text=True).stdout
    tap.ok("['REGISTRY'] Registry .entries list [] dict ['handler'] UploadHandler" in path,
           f"{name}: the signature of the leak has exact labels", [path])


def main():
    tap = Tap()
    found = pythons()
    for name in VERSIONS:
        if name not in found:
            tap.skip(f"{name}: dumps", "this Python is not installed")
    found = chosen(found)
    own = "%d.%d" % sys.version_info[:2]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, \
            tempfile.TemporaryDirectory() as folder:
        suites = {own: pool.submit(run_suite, sys.executable, [])}
        leaky = {}
        for name, python in found.items():
            if name != own:
                suites[name] = pool.submit(run_suite, python, QUICK)
            leaky[name] = pool.submit(run_leaky, python, f"{folder}/{name}")
        for name, job in suites.items():
            passed, text = job.result()
            tap.ok(passed, f"{name}: what a dump says is true", [text])
        for name, job in leaky.items():
            check_leaky(tap, name, f"{folder}/{name}", job.result())
    tap.done()


if __name__ == "__main__":
    main()
