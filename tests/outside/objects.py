# SPDX-License-Identifier: MIT
"""A program of some 60 kinds of objects, more where numpy, pandas and greenlets are, that dumps itself, says so and waits.

    objects.py N DUMP

DUMP is written by memsee_dump, which must be importable, in a forked child: the process
goes on as it was."""
import abc
import array
import asyncio
import collections
import contextvars
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import io
import itertools
import operator
import queue
import random
import re
import struct
import sys
import threading
import time
import types
import weakref
import xml.etree.ElementTree

import memsee_dump


class Plain:
    def __init__(self, i):
        self.i, self.name, self.tags = i, "n%d" % i, [i, str(i)]


class Slots:
    __slots__ = ("a", "b", "__weakref__")

    def __init__(self, i):
        self.a, self.b = "s%d" % i, (i, i + 0.5)


class SlotsAndDict(Slots):
    pass


class Big(dict):
    pass


class Items(list):
    pass


class Pair(tuple):
    pass


class Word(str):
    pass


class Number(int):
    pass


class Failure(Exception):
    pass


class Meta(type):
    pass


class Made(metaclass=Meta):
    registry = {}


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """Nothing."""


class Colour(enum.Enum):
    RED, GREEN = 1, 2


@dataclasses.dataclass
class Record:
    x: int
    y: str
    z: object = None


Point = collections.namedtuple("Point", "x y")


@functools.lru_cache(maxsize=100)
def cached(a, b="default"):
    return [a, b]


def generate(n):
    held = "local%d" % n
    while True:
        yield held


def closure(i, keep):
    def inner():
        return i, keep
    return inner


def fail(i):
    try:
        try:
            raise Failure("inner %d" % i)
        except Failure as error:
            raise ValueError(i) from error
    except ValueError as error:
        return error


def some_of_each(i, keep):
    generator = generate(i)
    next(generator)
    attributes = Plain(i)
    attributes.__dict__["extra"] = 1
    for q in range(40):
        setattr(attributes, "a%d" % q, q)
    keep += [
        Record(i, "\u00e9%d" % i), Big(a=i), Items([i]), Pair((i, i)), Word("w%d" % i),
        Number(i), closure(i, keep), generator, Plain(i).__init__, attributes, fail(i),
        collections.deque(range(i % 200)), collections.OrderedDict(q=i, r=[i]),
        collections.defaultdict(list, z=[i]), collections.Counter("abc"), Point(i, "p"),
        collections.ChainMap({"a": i}), {i, "s%d" % i}, frozenset([i, "f"]), 1 << (i % 300),
        -i, i * 1.5, complex(i, 1), "\u6f22%d" % i, "\U0001f600%d" % i, b"bytes%d" % i,
        bytearray(b"x" * (i % 50)), memoryview(b"abc"), array.array("d", [i] * (i % 9)),
        datetime.datetime(2020, 1, 1), datetime.timedelta(i), decimal.Decimal(i),
        fractions.Fraction(i, 7), functools.partial(print, i), weakref.ref(attributes),
        weakref.WeakValueDictionary({i: attributes}), range(i), slice(i), iter([i]), map(str, [i]),
        itertools.chain([i], [2]), operator.itemgetter(i), re.compile("x%d" % (i % 5)),
        struct.Struct("<I"), types.SimpleNamespace(a=i), types.MappingProxyType({"m": i}),
        property(closure(i, keep)), io.BytesIO(b"x%d" % i), io.StringIO("x"),
        random.Random(i), Colour.RED, Made(), SlotsAndDict(i), type("Made%d" % i, (Plain,), {}),
        {None: 1, True: i, 2.5: "f", b"k": i, (i, "t"): None, "it's": 1, "tab\t": 2},
    ]
    cached(i)
    cached(i, b="other")
    waiting = queue.SimpleQueue()
    for q in range(5):
        waiting.put(["queued", q])
    keep += [
        collections.OrderedDict((q, [q]) for q in range(i % 9)), waiting, itertools.cycle([[i]]),
        xml.etree.ElementTree.fromstring("<a x='%d'><b>t</b><b/></a>" % i), zip([[i]]),
        contextvars.ContextVar("v%d" % i, default=[i]), contextvars.copy_context(),
        {i: [i]}.items(), functools.cmp_to_key(operator.sub)(i), reversed([i]),
    ]


def libraries(keep):
    """Of what may be installed."""
    try:
        import greenlet

        def wait(i):
            held = ["on a stack of its own", i]
            greenlet.getcurrent().parent.switch(held)
        keep += [greenlet.greenlet(wait) for _ in range(50)]
        for i, one in enumerate(keep[-50:]):
            one.switch(i)
    except ImportError:
        pass
    try:
        import numpy
        keep += [
            numpy.array([["in an array", i], {"k": [i]}, i], dtype=object) for i in range(50)]
        keep += [numpy.array([[[q], str(q)] for q in range(40)], dtype=object)[::2, 1],
                 numpy.zeros((10, 10)).T, numpy.float64(3), numpy.array(["a", "bb"])]
        records = numpy.zeros(5, dtype=[("a", "i8"), ("o", "O")])
        records["o"][1] = ["in a record"]
        keep.append(records)
    except ImportError:
        pass
    try:
        import pandas
        keep += [pandas.DataFrame({"a": [1, 2], "o": [["cell"], {"y": [1]}]}),
                 pandas.Series([["s"], {"t": [2]}], index=["k", "l"]),
                 pandas.MultiIndex.from_product([["a", "b"], [1, 2]])]
    except ImportError:
        pass


async def suspended(marker):
    held = ["suspended", marker]
    await asyncio.sleep(1000)
    return held


async def streamed():
    held = ["async generator"]
    while True:
        yield held


def worker(event):
    mine = ["thread local", Plain(-1)]
    event.wait()
    return mine


def wait(where, out):
    held = {"here": where}
    memsee_dump.dump(out, fork=True).wait()
    print("ready", flush=True)
    while held:
        time.sleep(1000)


async def main(count, out):
    keep = []
    variable = contextvars.ContextVar("request", default=[1])
    variable.set([1, 2, 3])
    for i in range(count):
        keep += [Plain(i), Slots(i), {"k%d" % (i % 7): i * 1000, "b": b"x%d" % i}, {i: "v"}]
        if i % 10 == 0:
            some_of_each(i, keep)
    libraries(keep)
    event = threading.Event()
    for _ in range(3):
        threading.Thread(target=worker, args=(event,), daemon=True).start()
    stream = streamed()
    await stream.__anext__()
    task = asyncio.ensure_future(suspended(stream))
    await asyncio.sleep(0.05)
    wait(task, out)


asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
