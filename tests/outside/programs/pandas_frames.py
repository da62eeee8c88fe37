# SPDX-License-Identifier: MIT
"""Frames and arrays of pandas and numpy.

    pandas_frames.py DUMP"""
import sys
import time

import memsee_dump
import numpy
import pandas

frames = []
for i in range(50):
    frame = pandas.DataFrame({"a": numpy.arange(1000), "b": [str(x) for x in range(1000)],
                              "c": [[x] for x in range(1000)]})
    frames += [frame.groupby(frame.a % 7).agg({"a": "sum", "b": "first"}), frame,
               frame.merge(frame.head(5), on="a")]
objects = numpy.array([{"i": i} for i in range(1000)], dtype=object).reshape(10, 100)
view = objects[::2, ::3]
memsee_dump.dump(sys.argv[1], fork=True).wait()
print("ready", flush=True)
time.sleep(1000)
