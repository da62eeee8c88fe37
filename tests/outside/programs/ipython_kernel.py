# SPDX-License-Identifier: MIT
"""A kernel of IPython that has run a cell.

    ipython_kernel.py DUMP"""
import sys

import memsee_dump
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop

CELL = """
class Foo:
    def __init__(self, i):
        self.i = i
foos = [Foo(i) for i in range(1000)]
data = {str(i): [i] for i in range(500)}
"""


def dump():
    memsee_dump.dump(path, fork=True).wait()
    sys.__stdout__.write("ready\n")
    sys.__stdout__.flush()


path, sys.argv = sys.argv[1], ["kernel"]
kernel = IPKernelApp.instance()
kernel.initialize([])
kernel.shell.run_cell(CELL, store_history=True)
IOLoop.current().call_later(2, dump)
kernel.start()
