# SPDX-License-Identifier: MIT
"""The program leaky.py, which also dumps itself at each of its stages.

    leaky_dumped.py PREFIX

It says `dumped K` once PREFIXK.json is there.  memsee_dump and leaky must be importable."""
import sys

import memsee_dump


class Stages:
    def __init__(self, prefix):
        self.prefix, self.stage, self.lines = prefix, 0, sys.stdin

    def readline(self):
        memsee_dump.dump("%s%d.json" % (self.prefix, self.stage), fork=True).wait()
        sys.stdout.write("dumped %d\n" % self.stage)
        sys.stdout.flush()
        self.stage += 1
        return self.lines.readline()


sys.stdin = Stages(sys.argv[1])
import leaky  # noqa: E402,F401
