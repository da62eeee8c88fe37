#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The dumper: what it writes is what the process knew, and memsee finds the leak in it.

Under the oldest and the newest Python found here, with --all under every one; with
--chroot FOLDER, for root, under those of another system in that folder."""
import ast
import asyncio
import collections
import concurrent.futures
import glob
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import wsgiref.util

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
VERSIONS = ["2.7"] + [f"3.{minor}" for minor in range(6, 16)]
MELIAE = "3.10"  # made the dumps of the leaky program in the test data
SUITE = "tests/dumper/test_dump.py"
# Quick, and all that depends on the version; the rest runs under this Python alone.
QUICK = ["Values", "Labels", "Frames", "Disturbance.test_no_special_method_is_called",
         "Disturbance.test_a_program_goes_on_as_before",
         "Disturbance.test_a_second_dump_finds_nothing_new"]
# In a mount namespace of its own, so that nothing stays mounted.
ENTER = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
# The leaky program asks meliae for its dumps; this stands in for it.
SCANNER = """
import sys
import memsee_dump
size_of = sys.getsizeof
dump_all_objects = memsee_dump.dump
"""
# Why a size may differ from that in meliae's dump of the same object: meliae asks a class of
# a metaclass for its length in bytes, and takes the size of the type for True and False; a
# class has room for the names of its instances' attributes once it has an instance; code has
# a cache of what it looks up, which sys.getsizeof counts, once it has run 1024 times.
SIZED_OTHERWISE = {"bool": "True", "ABCMeta": "class", "EnumMeta": "class", "type": "class",
                   "code": "cache"}
# With their contents in an order of the process's own.
UNORDERED = {"set", "frozenset", "frame"}
# What leak-check says of the leaky program, as regular expressions.  The program turns the
# cycle collector off, so its pairs of CycleNodes stay.  A path begins where its root is: at
# the module, or at the frame that has its dict.
LEAKS = [
    r"UploadHandler \+80 \(20, 60, 100\): monotonic",
    r"(?:\['REGISTRY'\]|\.REGISTRY) Registry \.entries list \[\] dict"
    r" \['handler'\] UploadHandler`",
    r"LeakedSession \+120 \(30, 90, 150\): monotonic",
    r"(?:\['AFTER_REQUEST'\]|\.AFTER_REQUEST) list \[\] function"
    r" \.__closure__ tuple <closure session> cell"
    r" \.cell_contents LeakedSession`",
    r"LogRecord \+400 \(100, 300, 500\): monotonic",
    r"(?:\['LOG_BUFFER'\]|\.LOG_BUFFER) MemoryHandler \.buffer list \[\] LogRecord`",
    r"CycleNode \+80 \(0, 40, 80\): monotonic, .*\n\n"
    r"held by nothing: garbage that waits for the cycle collector, which is off\n",
]


class Python:
    """A Python of this system, or of one in the folder `root`, which sees the files below it."""

    def __init__(self, path, root=None):
        self.root = root
        self.command = [path, "-B"]
        self.top = TOP
        if root:
            self.command = ["unshare", "--mount", "sh", "-c", ENTER, root] + self.command

    def run(self, args, env=None, **options):
        return subprocess.run(self.command + [self.inside(arg) for arg in args],
                              env=dict(os.environ, **(env or {})), **options)

    def inside(self, name):
        """What this Python calls a file or list of files."""
        return str(name).replace(self.root, "") if self.root else str(name)


def version(python):
    code = "import sys; print('%d.%d %s' % (sys.version_info[:2] + (sys.executable,)))"
    try:
        run = python.run(["-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.split() if run.returncode == 0 else None


def pythons(root):
    """The Pythons found, by version: on the path, and where pyenv keeps them; or in `root`."""
    found = {}
    for name in VERSIONS:
        kept = os.path.expanduser(f"~/.pyenv/versions/{name}.*/bin/python")
        paths = [f"python{name}"] + sorted(glob.glob(kept))
        if root:
            paths = ["/" + str(path.relative_to(root))
                     for path in pathlib.Path(root).glob(f"usr/*bin/python{name}")]
        for path in paths:
            answer = version(Python(path, root))
            if answer and answer[0] == name:
                found.setdefault(name, Python(answer[1], root))
    return found


def chosen(found, everything):
    """The oldest, the newest and the one of meliae's dump, unless all are asked for."""
    names = [name for name in VERSIONS if name in found]
    if not everything:
        wanted = names[:1] + names[-1:] + [MELIAE]
        names = [name for name in names if name in wanted]
    return {name: found[name] for name in names}


def run_suite(python, tests):
    run = python.run([python.top / SUITE] + tests, capture_output=True, text=True)
    return run.returncode == 0, run.stderr


def run_leaky(python, folder):
    """The leaky program's dumps and what it knows of itself."""
    package = pathlib.Path(folder) / "meliae"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "scanner.py").write_text(SCANNER)
    env = {"PYTHONPATH": python.inside(f"{folder}:{python.top / 'reports'}")}
    python.run([python.top / "tests" / "data" / "leaky_app.py", folder, "x", "200"],
               env, check=True)
    return json.loads((pathlib.Path(folder) / "truth_x.json").read_text())


def objects(path):
    with open(path, encoding="ascii") as lines:
        next(lines)
        return [json.loads(line) for line in lines]


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
    if name == MELIAE:
        check_meliae(tap, objects(os.path.join(folder, truth["dumps"][0]["file"])))
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


# What only our dumper shows, behind the rest.
UNSHOWN = re.compile(r"<key |\.co_|\.tzinfo|\.offset|\.name|\.start|\.stop|\.step|\.pattern"
                     r"|\.string|\.re$")


def shown(obj, count):
    """Its references as the collector shows them, so many."""
    rest = obj.get("labels", [])[count:]
    return obj["refs"][:count] if all(UNSHOWN.match(label or "") for label in rest) else obj["refs"]


def pairs(ours, theirs):
    """The objects that are the same thing in two runs of one program: modules of one name,
    and what their references lead to, one by one, while they are of one type and name."""
    ours, theirs = [{obj["address"]: obj for obj in found} for found in (ours, theirs)]
    modules = [{obj.get("name"): address for address, obj in found.items()
                if obj["type"] == "module"} for found in (ours, theirs)]
    pending = collections.deque((modules[0][name], modules[1][name])
                                for name in sorted(set(modules[0]) & set(modules[1]) - {None}))
    met = set(), set()
    while pending:
        addresses = pending.popleft()
        if addresses[0] in met[0] or addresses[1] in met[1]:
            continue
        a, b = ours[addresses[0]], theirs[addresses[1]]
        if (a["type"], a.get("name")) != (b["type"], b.get("name")):
            continue
        for some, address in zip(met, addresses):
            some.add(address)
        yield a, b
        a = {**a, "refs": shown(a, len(b["refs"]))}
        if len(a["refs"]) == len(b["refs"]) and a["type"] not in UNORDERED:
            pending.extend(zip(a["refs"], b["refs"]))


def check_meliae(tap, ours):
    """Against the dump that meliae itself made of the program, in the same state."""
    with gzip.open(DATA / "leaky_py310_0.json.gz", "rt") as lines:
        theirs = [json.loads(line) for line in lines]
    found = list(pairs(ours, theirs))
    tap.ok(len(found) > 20000, "3.10: most objects are found in meliae's dump, by references",
           [f"{len(found)} of {len(ours)}"])
    # Of another length is another text: a path or the time; another number of modules.
    tap.none([f"{a['type']} {a.get('name', '')}: {a['size']} bytes, in meliae's dump {b['size']}"
              for a, b in found
              if a["size"] != b["size"] and a.get("len") == b.get("len")
              and a["type"] not in SIZED_OTHERWISE],
             "3.10: objects have the sizes that meliae gives them")
    other = sum(a["size"] != b["size"] for a, b in found)
    tap.ok(other < 100, "3.10: few have another size for a reason", [f"{other} objects"])


def check_report(tap, name, folder, truth):
    """The program reads the dumps and finds what leaks."""
    dumps = [os.path.join(folder, entry["file"]) for entry in truth["dumps"]]
    run = subprocess.run([MEMSEE, "leak-check"] + dumps, capture_output=True, text=True,
                         env=dict(os.environ, MEMSEE_REPORTS=str(TOP / "reports")))
    said = run.stdout.partition("**")[0]
    tap.ok(run.returncode == 1 and said.startswith("# Leak check\n\n4 leaks in 3 dumps:\n"),
           f"{name}: leak-check fails for the four leaks and nothing else", [said, run.stderr])
    tap.none([f"not said: {leak}" for leak in LEAKS if not re.search(leak, said)],
             f"{name}: leak-check names class, growth and exact labels of each leak")


# What 2.7 has no grammar for.
NEW_SYNTAX = ("AnnAssign", "AsyncFor", "AsyncFunctionDef", "AsyncWith", "Await", "JoinedStr",
              "MatMult", "Match", "NamedExpr", "Nonlocal", "TryStar", "YieldFrom")


def check_syntax(tap):
    """The oldest Python that is installed compiles it as well: its suite runs above."""
    problems = []
    source = (TOP / "reports" / "memsee_dump.py").read_text(encoding="ascii")
    for node in ast.walk(ast.parse(source, feature_version=(3, 6))):
        name = type(node).__name__
        new = name in NEW_SYNTAX or isinstance(node, ast.Raise) and node.cause
        if isinstance(node, (ast.Call, ast.List, ast.Tuple, ast.Set)):
            items = node.args[:-1] if isinstance(node, ast.Call) else node.elts
            new = any(isinstance(item, ast.Starred) for item in items)
        if isinstance(node, ast.FunctionDef):
            args = node.args
            new = args.kwonlyargs or args.posonlyargs or node.returns or any(
                arg.annotation for arg in args.args)
        if new:
            problems.append(f"line {node.lineno}: {name}")
    tap.none(problems, "the dumper uses no syntax that 2.7 lacks")


PLUGIN = """
KEPT = []
class Kept(object): pass
def test_leaking(memsee_heap):
    KEPT.extend(Kept() for i in range(200))
def test_innocent(memsee_heap):
    pass
def test_leaking_more(memsee_heap):
    KEPT.extend(Kept() for i in range(200))
def test_innocent_again(memsee_heap):
    pass
def test_warm(memsee_heap):
    KEPT.extend(Kept() for i in range(200))
    memsee_heap.dump()
"""


def check_pytest(tap, folder):
    """The plugin as a user gets it, in a Python that has pytest."""
    name = "pytest -p memsee_dump: the test that leaks ends in an error that says what leaks"
    for python in (sys.executable, "/usr/bin/python3"):
        probe = subprocess.run([python, "-c", "import pytest"], capture_output=True)
        if probe.returncode == 0:
            break
    else:
        return tap.skip(name, "pytest is not installed")
    (pathlib.Path(folder) / "test_plugin.py").write_text(PLUGIN)
    env = dict(os.environ, PYTHONPATH=str(TOP / "reports"), MEMSEE_REPORTS=str(TOP / "reports"))
    run = subprocess.run([python, "-B", "-m", "pytest", "-p", "memsee_dump", "-p",
                          "no:cacheprovider", "--memsee", MEMSEE, "-v", "test_plugin.py"],
                         cwd=folder, env=env, capture_output=True, text=True)
    wanted = [r"ERROR at teardown of test_leaking_more", r"ERROR at teardown of test_leaking ",
              r"test_warm PASSED", r" 2 errors in ", r"Kept \+200 \(\d+, \d+\)",
              r"\.KEPT list \[\] Kept`"]
    tap.ok(all(re.search(text, run.stdout) for text in wanted), name, [run.stdout, run.stderr])
    run = subprocess.run([python, "-B", "-m", "pytest", "-p", "memsee_dump", "-p",
                          "no:cacheprovider", "--memsee", "nowhere/memsee", "-k", "warm"],
                         cwd=folder, env=env, capture_output=True, text=True)
    line = ("needs the program memsee: nowhere/memsee: no such file or directory; --memsee "
            "PROGRAM says where it is")
    # No traceback, whose lines begin with E.
    return tap.ok(line in run.stdout and not re.search(r"(?m)^E  ", run.stdout),
                  "pytest -p memsee_dump: without memsee a line says so", [run.stdout, run.stderr])


def check_libraries(tap):
    """The objects of C libraries, in a Python that has them."""
    for library, test in (("numpy", "Libraries.test_numpy"),
                          ("greenlet", "Libraries.test_greenlets")):
        name = f"what {library} holds is in a dump"
        for python in (sys.executable, "/usr/bin/python3"):
            probe = subprocess.run([python, "-c", f"import {library}"], capture_output=True)
            if probe.returncode == 0:
                passed, text = run_suite(Python(python), [test])
                tap.ok(passed, name, [text])
                break
        else:
            tap.skip(name, f"{library} is not installed")


class FileResponse:
    """Stands in for Starlette's."""

    def __init__(self, path):
        self.path = path


def check_endpoints(tap, folder):
    """The manual's examples of WSGI and ASGI, as they stand there."""
    manual = (TOP / "src" / "manual" / "dumping.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    wsgi, asgi = [[block for block in blocks if name in block] for name in ("environ", "await")]
    space = {"os": os, "asyncio": asyncio, "allowed": lambda environ: True,
             "FileResponse": FileResponse}
    sys.path.insert(0, str(TOP / "reports"))
    space["memsee_dump"] = __import__("memsee_dump")
    for block in wsgi + asgi:
        exec(block.replace("/var/tmp", folder), space)
    environ = {"PATH_INFO": "/heap", "wsgi.file_wrapper": wsgiref.util.FileWrapper}
    with space["application"](environ, lambda status, headers: None).filelike as file:
        first = gzip.decompress(file.read()).splitlines()[0]
    tap.ok(json.loads(first)["pid"] == os.getpid(), "the manual's WSGI application answers a dump")
    os.unlink(f"{folder}/heap-{os.getpid()}.json.gz")
    with gzip.open(asyncio.run(space["heap"](None)).path) as lines:
        tap.ok(json.loads(next(lines))["pid"] == os.getpid(),
               "the manual's ASGI endpoint answers a dump")


def check_versions(tap, found, folder):
    """The suite and the leaky program under each Python."""
    own = None if any(python.root for python in found.values()) else "%d.%d" % sys.version_info[:2]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        suites = {own: pool.submit(run_suite, Python(sys.executable), [])} if own else {}
        leaky = {}
        for name, python in found.items():
            if name != own and (name != MELIAE or "--all" in sys.argv):
                suites[name] = pool.submit(run_suite, python, [] if python.root else QUICK)
            leaky[name] = pool.submit(run_leaky, python, f"{folder}/{name}")
        for name, job in suites.items():
            passed, text = job.result()
            tap.ok(passed, f"{name}: what a dump says is true", [text])
        for name, job in leaky.items():
            check_leaky(tap, name, f"{folder}/{name}", job.result())
    for name, python in found.items():
        if name in ("3.14", "3.15"):
            check_debugger(tap, name, python, folder)


# Works or sleeps until two scripts have run in it, and then says what they saw.
ASKED = """
import sys, threading, time
sys.asked, turns = [], 0
print("ready", flush=True)
while len(sys.asked) < 2:
    turns += sum(range(100)) == 4950
    if sys.argv[1] == "sleeps":
        time.sleep(0.2)
print(turns > 0, sys.asked == [threading.main_thread()] * 2)
"""
WORKS = "import time\nprint(flush=True)\nwhile True: time.sleep(0.01)"
SCRIPT = "import sys, threading\nsys.asked.append(threading.current_thread())\n"
# It sleeps too long, or may not be asked.
REFUSED = {"is asleep": ({}, "sleeps and did not begin the script in time; the request is withdrawn"),
           "forbids it": ({"PYTHON_DISABLE_REMOTE_DEBUG": "1"}, "forbids remote debugging")}


def check_debugger(tap, name, python, folder):
    """From 3.14 on memsee asks a process to run a script by CPython's own protocol."""
    script = pathlib.Path(folder) / f"script-{name}.py"
    script.write_text(SCRIPT)

    def start(code, *args, **env):
        process = subprocess.Popen(python.command + ["-c", code, *args], text=True,
                                   stdout=subprocess.PIPE, env=dict(os.environ, **env))
        process.stdout.readline()
        return process

    def ask(process, file=script, by=("--by", "debugger")):
        return subprocess.run([MEMSEE, "--inject", str(process.pid), *by, str(file)],
                              capture_output=True, text=True)

    for state in ("works", "sleeps"):
        with start(ASKED, state) as process:
            asked = [ask(process) for _ in range(2)]
            if any(run.returncode for run in asked):
                process.kill()
            said = process.communicate()[0]
            tap.ok(said == "True True\n" and process.returncode == 0,
                   f"{name}: a process that {state} runs two scripts by the debuggers' protocol",
                   [said, process.returncode] + [run.stderr for run in asked])
    if python.root:
        ran = pathlib.Path(folder) / f"ran-{name}"
        script.write_text(f"open({python.inside(ran)!r}, 'a').write('x')\n")
        with start(WORKS) as process, tempfile.NamedTemporaryFile(suffix=".py") as outside:
            seen = f"/proc/{process.pid}/root{python.inside(script)}"
            runs = [ask(process, file, by) for by in ((), ("--by", "debugger"))
                    for file in (script, seen, outside.name)]
            time.sleep(1)
            alive = process.poll() is None
            process.kill()
        count = len(ran.read_text()) if ran.exists() else 0
        tap.ok(alive and count == 4 and [run.returncode for run in runs] == [0, 0, 3] * 2
               and "has another root" in runs[2].stderr,
               f"{name}: a process with another root runs a file that it sees, and no other",
               [count] + [f"{run.returncode} {run.stderr}" for run in runs])
    for state, (env, reason) in REFUSED.items():
        with start("import time; print(flush=True); time.sleep(1000)", **env) as process:
            run = ask(process)
            alive = process.poll() is None
            process.kill()
            tap.ok(alive and run.returncode == 3 and reason in run.stderr,
                   f"{name}: a process that {state} is not asked by the debuggers' protocol",
                   [run.stderr])


def check_chroot(tap, root):
    """With the sources in a folder of that system, which is removed again."""
    with tempfile.TemporaryDirectory(dir=os.path.join(root, "tmp")) as folder:
        for name in ("reports", "tests/dumper", "tests/data/leaky_app.py"):
            copy = shutil.copytree if (TOP / name).is_dir() else shutil.copy
            (pathlib.Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            copy(TOP / name, pathlib.Path(folder) / name)
        found = pythons(root)
        tap.ok(bool(found), f"{root} has a Python that can be dumped")
        for python in found.values():
            python.top = pathlib.Path(folder)
        check_versions(tap, found, folder)


def main():
    tap = Tap()
    if "--chroot" in sys.argv:
        root = os.path.realpath(sys.argv[sys.argv.index("--chroot") + 1])
        check_chroot(tap, root)
        tap.done()
        return
    check_syntax(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_endpoints(tap, folder)
        check_pytest(tap, folder)
    check_libraries(tap)
    found = pythons(None)
    for name in VERSIONS:
        if name not in found:
            tap.skip(f"{name}: dumps", "this Python is not installed")
    with tempfile.TemporaryDirectory() as folder:
        check_versions(tap, chosen(found, "--all" in sys.argv), folder)
    tap.done()


if __name__ == "__main__":
    main()
