# SPDX-License-Identifier: MIT
"""Runs the scenarios of a file under the Python that runs this, and dumps each after 200, 700 and 1200 calls.

usage: PYTHONPATH=FOLDER_OF_memsee_dump python drive.py SCENARIOS OUTDIR SEED [NAME]...

Works from Python 2.7 on.  Leaves OUTDIR/NAME.{0,1,2}.json.gz and OUTDIR/NAME.counts, what the scenario's
leaked() said at each dump; of one that failed OUTDIR/NAME.err, of one that lacks a library nothing.

A program is a module `app`, or several, each after a line `#: NAME`, of which those below import those above and
`app` is the last.  The part `common` of a file has modules that all its programs may import.
"""
from __future__ import print_function
import gc
import json
import os
import random
import re
import sys
import traceback
import types
import memsee_dump


def module(name, text, seed):
    """Makes a module and the packages that it is in, as an import would."""
    for k in range(name.count(".")):
        package = ".".join(name.split(".")[:k + 1])
        sys.modules.setdefault(package, types.ModuleType(package)).__path__ = []
    made = types.ModuleType(name)
    made.__file__ = "/srv/app/%s.py" % name.replace(".", "/")
    made.SEED = seed
    made.RND = random.Random(seed * 1000 + 17)
    sys.modules[name] = made
    exec(compile(text, made.__file__, "exec"), made.__dict__)
    return made


def run(flags, program, out, seed):
    parts = re.split(r"(?m)^#: (\S+)\n", program)
    for name, text in zip(parts[1::2], parts[2::2]):
        app = module(name, text, int(seed))
    if "nogc" in flags:
        gc.disable()
    counts, i = [], 0
    for k, upto in enumerate((200, 700, 1200)):
        while i < upto:
            i += 1
            app.handle(i)
        if hasattr(app, "leaked"):
            counts.append(app.leaked())
        memsee_dump.dump("%s.%d.json.gz" % (out, k), collect="nocollect" not in flags)
    with open(out + ".counts", "w") as f:
        json.dump(counts, f)


def main():
    path, outdir, seed = sys.argv[1:4]
    only = sys.argv[4:]
    with open(path) as f:
        parts = f.read().split("### ")[1:]
    common = ""
    for part in parts:
        head, _, body = part.partition("\n")
        words = head.split()
        if words == ["common"]:
            common = body
            continue
        if only and words[0] not in only:
            continue
        if any(w in words for w in ("py3", "py37", "py38", "py311")) and sys.version_info[0] == 2 or \
                "py37" in words and sys.version_info < (3, 7) or "py38" in words and sys.version_info < (3, 8) or \
                "py311" in words and sys.version_info < (3, 11) or \
                "py2" in words and sys.version_info[0] == 3:
            continue
        out = "%s/%s" % (outdir, words[0])
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                run(words, common + ("" if body.startswith("#: ") else "#: app\n") + body, out, seed)
                status = 0
            except ImportError:
                status = 0
            except BaseException:
                with open(out + ".err", "w") as f:
                    f.write(traceback.format_exc())
            os._exit(status)
        os.waitpid(pid, 0)


main()
