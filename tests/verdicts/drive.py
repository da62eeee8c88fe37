# SPDX-License-Identifier: MIT
"""Runs the scenarios of a file under the Python that runs this, and dumps each after 200, 700 and 1200 calls.

usage: PYTHONPATH=FOLDER_OF_memsee_dump python drive.py SCENARIOS OUTDIR SEED [NAME]...

Works from Python 2.7 on.  Leaves OUTDIR/NAME.{0,1,2}.json.gz and OUTDIR/NAME.counts, what the scenario's
leaked() said at each dump; of one that failed OUTDIR/NAME.err, of one that lacks a library nothing.
"""
from __future__ import print_function
import gc
import json
import os
import random
import sys
import traceback
import types
import memsee_dump


def run(flags, body, out, seed):
    app = types.ModuleType("app")
    app.__file__ = "/srv/app/app.py"
    app.SEED = int(seed)
    app.RND = random.Random(int(seed) * 1000 + 17)
    sys.modules["app"] = app
    exec(compile(body, "/srv/app/app.py", "exec"), app.__dict__)
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
    for part in parts:
        head, _, body = part.partition("\n")
        words = head.split()
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
                run(words, body, out, seed)
                status = 0
            except ImportError:
                status = 0
            except BaseException:
                with open(out + ".err", "w") as f:
                    f.write(traceback.format_exc())
            os._exit(status)
        os.waitpid(pid, 0)


main()
