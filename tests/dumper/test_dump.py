# SPDX-License-Identifier: MIT
"""What a dump says is true.  Runs unchanged under every Python that can be dumped."""
from __future__ import print_function

import collections
import datetime
import gc
import gzip
import io
import json
import os
import platform
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import weakref

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "reports")]

import hostile  # noqa: E402
import memsee_dump  # noqa: E402

PY2 = sys.version_info[0] == 2
MELIAE = re.compile(
    r'\{"address": \d+, "type": "[^"]*", "size": \d+(, "name": "(\\.|[^"\\])*")?'
    r'(, "len": \d+)?(, "value": ("(\\.|[^"\\])*"|-?\d+))?, "refs": \[(\d+(, \d+)*)?\]\}\n$')


class Plain(object):
    def __init__(self):
        self.body = [1]
        self.other = {"k": 2}
        self.same = self.body


class Slotted(object):
    __slots__ = ("first", "second", "unset")

    def __init__(self):
        self.first = ["f"]
        self.second = ["s"]


class Both(Slotted):
    def __init__(self):
        Slotted.__init__(self)
        self.third = ["t"]


class Rows(list):
    pass


class Lying(object):
    def __sizeof__(self):
        return -1000


def closure():
    captured, other = ["captured"], ["other"]

    def inner():
        return captured, other
    return inner


def generator(argument):
    yield argument


class Heap(object):
    """A dump, read back.  Holds its bytes alone: what it parsed would be in the next dump."""

    def __init__(self, path):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rb") as file:
            self.data = file.read()

    def lines(self):
        return self.data.decode("ascii").splitlines(True)

    def header(self):
        return json.loads(self.lines()[0])

    def objects(self):
        """The objects by address."""
        found = [json.loads(line) for line in self.lines()]
        return dict((obj["address"], obj) for obj in found if "memsee_dump" not in obj)

    def types(self):
        return [obj["type"] for obj in self.objects().values()]

    def line(self, obj):
        """The line of an object, or None."""
        start = self.data.find(('{"address": %d, ' % id(obj)).encode())
        return None if start < 0 else self.data[start:self.data.index(b"\n", start)].decode()

    def of(self, obj):
        return json.loads(self.line(obj))

    def label(self, parent, child):
        """The labels under which the parent refers to the child."""
        line = self.of(parent)
        labels = line.get("labels", [None] * len(line["refs"]))
        assert len(labels) == len(line["refs"]), line
        return [labels[i] for i, ref in enumerate(line["refs"]) if ref == id(child)]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "heap.json")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def dump(self, **options):
        memsee_dump.dump(self.path, **options)
        return Heap(self.path)

    def python(self, *args):
        env = dict(os.environ, PYTHONPATH=os.path.dirname(memsee_dump.__file__))
        return subprocess.Popen((sys.executable, "-B") + args, env=env,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class Lines(Case):
    def test_each_object_once_and_no_reference_leads_nowhere(self):
        count = memsee_dump.dump(self.path)
        heap = Heap(self.path)
        objects = heap.objects()
        self.assertEqual((len(objects), len(heap.lines()) - 1), (count, count))
        missing = [(o, ref) for o in objects.values() for ref in o["refs"]
                   if ref not in objects]
        self.assertEqual(missing[:3], [])

    def test_plain_lines_are_those_of_meliae(self):
        heap = self.dump(plain=True)
        odd = [line for line in heap.lines() if not MELIAE.match(line)]
        self.assertEqual(odd[:3], [])

    def test_additions_follow_what_meliae_writes(self):
        for line in self.dump().lines()[1:]:
            plain = re.sub(r'(, "labels": \[.*\])?(, "root": "[a-z ]*")?\}\n$', "}\n", line)
            self.assertTrue(MELIAE.match(plain), line)

    def test_the_first_line_says_which_process_this_was(self):
        heap = self.dump()
        header = heap.header()
        self.assertTrue(heap.data.startswith(b'{"memsee_dump": 1, '))
        self.assertEqual(header["python"], sys.version.split()[0])
        self.assertEqual(header["pid"], os.getpid())
        self.assertEqual(header["argv"], sys.argv)
        self.assertTrue(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", header["time"]))
        self.assertEqual([header[key] for key in ("address", "size", "refs")], [1, 0, []])

    @unittest.skipUnless(os.path.exists("/proc/self/status"), "needs /proc")
    def test_the_first_line_says_what_the_process_weighs(self):
        ready, done = threading.Event(), threading.Event()
        thread = threading.Thread(target=lambda: (ready.set(), done.wait()), name="at \"work\"")
        thread.start()
        ready.wait()
        gc.disable()
        try:
            ballast = b"x" * 50000000
            memsee_dump.dump(self.path, fork=True).wait()
            header = Heap(self.path).header()
        finally:
            done.set()
            thread.join()
            gc.enable()
        self.assertGreater(header["rss"], len(ballast))
        self.assertGreaterEqual(header["rss_peak"], header["rss"])
        self.assertGreater(header["anonymous"], len(ballast))
        self.assertLess(abs(header["rss"] - sum(header[key] for key in (
            "anonymous", "file_backed", "shared"))), 5000000)
        self.assertEqual((header["gc_enabled"], header["identity"]), (0, "addresses"))
        names = [thread["name"] for thread in header["threads"]]
        self.assertEqual(header["thread_count"], len(names))
        self.assertIn("MainThread", names)
        self.assertIn("at \"work\"", names)
        if not PY2:
            self.assertGreater(header["gc_full_collections"], 0)
            self.assertGreater(header["allocated_blocks"], 10000)
            self.assertLess(header["pymalloc_free"], header["anonymous"])
        if platform.libc_ver()[0] == "glibc":
            self.assertLess(header["malloc_free"], header["anonymous"])

    def test_the_first_line_says_of_other_interpreters(self):
        for name in ("_interpreters", "_xxsubinterpreters"):
            try:
                interpreters = __import__(name)
            except ImportError:
                continue
            other = interpreters.create()
            try:
                self.assertEqual(self.dump().header()["interpreters"], 2)
            finally:
                interpreters.destroy(other)
            return
        self.skipTest("this Python makes one interpreter")

    def test_the_first_line_says_what_tracemalloc_counts(self):
        script = ("import memsee_dump, sys, tracemalloc\n"
                  "tracemalloc.start()\n"
                  "keep = b'x' * int(3e6)\n"
                  "memsee_dump.dump(sys.argv[1])\n")
        if PY2:
            self.skipTest("no tracemalloc")
        self.assertEqual(self.python("-c", script, self.path).communicate()[0], b"")
        header = Heap(self.path).header()
        self.assertGreater(header["tracemalloc_current"], 3000000)
        self.assertGreaterEqual(header["tracemalloc_peak"], header["tracemalloc_current"])

    def test_references_are_those_of_the_collector_in_its_order(self):
        kept = [LONG, LONG_NAMED, LONG_KEYED, [1, 2, 3], (None, None, []), {"a": 1, 2: "b"}, Plain(), Slotted(), Rows("ab"),
                closure(), Plain, re, generator([])]
        refs = [list(map(id, gc.get_referents(obj))) for obj in kept]
        heap = self.dump()
        for obj, expected in zip(kept, refs):
            found = heap.of(obj)
            shown = len(expected)
            self.assertEqual(found["refs"][:shown], expected, type(obj))
            self.assertEqual([label[:5] for label in found.get("labels", ())[shown:]],
                             ["<key "] * (len(found["refs"]) - shown))

    def test_objects_of_the_permanent_generation_are_found(self):
        if not hasattr(gc, "freeze"):
            self.skipTest("no gc.freeze")
        kept = [Plain()]
        gc.freeze()
        try:
            heap = self.dump()
        finally:
            gc.unfreeze()
        self.assertEqual(heap.of(kept[0])["type"], "Plain")


MIXED = u"/\x1f\x7f\xe9\U0001f40d"
LONE = json.loads('"a\\ud800b"')
VALUES = [
    (u"x" * 300 + u"y", dict(len=301, value=u"x" * 100)),
    (u"a\"\\/\n\x7f\xe9\u20ac", dict(value=u"a\"\\/\n\x7f\xe9\u20ac")),
    (LONE, dict(value=LONE)),
    (type("Text", (type(u""),), {})(u"abc"), dict(type="Text", len=3, value=u"abc")),
    (b"caf\xc3\xa9" + b"\0" * 200, dict(len=205, value=u"caf\xc3\xa9" + u"\0" * 95)),
    (-2 ** 63, dict(value=-2 ** 63)), (2 ** 63 - 1, dict(value=2 ** 63 - 1)),
    (12345678901, dict(value=12345678901)),
    (2 ** 63, dict(value=None)), (-2 ** 63 - 1, dict(value=None)),
    (type("int", (int,), {})(5), dict(type="int", value=None)),
    (True, dict(value="True")), (1.5, dict(value=None, len=None)),
    ((1, []), dict(len=2)), (set("ab"), dict(len=2)),
    (closure, dict(name="closure", type="function")),
    (Plain, dict(name="Plain", type="type")), (json, dict(name="json", type="module")),
    (collections.deque(), dict(type="collections.deque")),
]
SIZED = [[], [1] * 10, {}, {"a": 1}, Plain(), Slotted(), Both(), Rows("abc"), (1, 2),
         set("abc"), u"abc", b"abc", 10 ** 30, 1.5, closure(), Plain, sys, None, True,
         generator(1), Exception("x"), object()]
LYING = Lying()
PLAIN, ASKED, SLOTTED, BOTH, INNER = Plain(), Plain(), Slotted(), Both(), closure()
ASKED_DICT = ASKED.__dict__
A, B, ROWS, PAIR = [], [], Rows(), (["x"], ["y"])
ROWS.extend([A, B])
ITEMS, KEYED = [A, B, A], {("k", 1): A, None: B, "z": PAIR}


def default(a=[1]):
    pass


default.attribute = [2]


LONG = [[i] for i in range(5000)]
LONG_TUPLE = tuple(LONG)
LONG_NAMED = dict(("k%d" % i, item) for i, item in enumerate(LONG))
LONG_KEYED = dict(enumerate(LONG))
def constant():
    return "only const %s" % constant


class Counted(dict):
    pass


def keys(start, count):
    """Texts that nobody else holds."""
    return dict(("session-%d" % i, True) for i in range(start, start + count))


SESSIONS, MANY = keys(0, 50), keys(10000, 4500)
COUNTED, MANY_COUNTED = Counted(keys(20000, 50)), Counted(keys(30000, 4500))
LISTED = keys(40000, 5)
LISTED[None] = True
RECORDS = [{"name": i, "value": [i]} for i in range(20)]
if PY2:
    RANGE = None

    class Zone(datetime.tzinfo):
        pass
    ZONED = datetime.datetime(2020, 2, 2, tzinfo=Zone())
else:
    RANGE = range(10 ** 30, 10 ** 31)
    ZONED = datetime.datetime(2020, 2, 2, tzinfo=datetime.timezone(
        datetime.timedelta(minutes=77), "a zone"))
FAILED = ValueError("why")
LONG_OWN = LONG[:2500] + [memsee_dump.dump] + LONG[2500:]


class Holder(object):
    pass


HOLDER = Holder()
setattr(HOLDER, "".join(["na", "me"]), {"name": 3})


class Shared(Case):
    """Claims that all look at one dump."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.mkdtemp()
        memsee_dump.dump(os.path.join(folder, "heap.json"))
        cls.heap = Heap(os.path.join(folder, "heap.json"))
        shutil.rmtree(folder)

    @classmethod
    def tearDownClass(cls):
        del cls.heap


class Values(Shared):
    def test_values_lengths_and_names(self):
        for obj, fields in VALUES:
            line = self.heap.of(obj)
            self.assertEqual(dict((k, line.get(k)) for k in fields), fields)

    def test_escapes_are_those_of_meliae(self):
        self.assertIn('"value": "\\/\\u001f\\u007f\\u00e9\\ud83d\\udc0d"',
                      self.heap.line(MIXED))

    def test_sizes_are_those_of_getsizeof(self):
        for obj in SIZED:
            self.assertEqual(self.heap.of(obj)["size"], sys.getsizeof(obj), repr(obj))

    def test_a_size_that_python_code_would_give_is_not_asked_for(self):
        self.assertEqual(self.heap.of(LYING)["size"], sys.getsizeof(PLAIN))


class Labels(Shared):
    def test_attributes(self):
        heap, obj = self.heap, PLAIN
        if sys.version_info >= (3, 11):
            self.assertEqual(sorted(heap.label(obj, obj.body)), [".body", ".same"])
            self.assertEqual(heap.label(obj, obj.other), [".other"])
        else:
            self.assertEqual(heap.label(obj, obj.__dict__), [".__dict__"])
            self.assertEqual(sorted(heap.label(obj.__dict__, obj.body)), ["['body']", "['same']"])
        self.assertEqual(heap.label(obj, Plain), [".__class__"])

    def test_a_dict_that_somebody_has_asked_for(self):
        # In 3.13 the collector sees the attributes themselves, and before 3.13.5 the dict
        # not at all.
        hidden = (3, 13) <= sys.version_info[:3] < (3, 13, 5)
        expected = [] if hidden else [".__dict__"]
        self.assertEqual(self.heap.label(ASKED, ASKED_DICT), expected)

    def test_an_attribute_that_is_a_dict_is_not_the_dict(self):
        if sys.version_info >= (3, 11):
            self.assertNotIn(".__dict__", self.heap.label(HOLDER, HOLDER.name))

    def test_slots(self):
        for obj in (SLOTTED, BOTH):
            self.assertEqual(self.heap.label(obj, obj.first), [".first"])
            self.assertEqual(self.heap.label(obj, obj.second), [".second"])

    def test_containers(self):
        label = self.heap.label
        self.assertEqual(sorted(label(ITEMS, A)), ["[0]", "[2]"])
        self.assertEqual(label(ROWS, B), ["[1]"])
        self.assertEqual(label(PAIR, PAIR[1]), ["[1]"])
        self.assertEqual(label(KEYED, B), ["[None]"])
        self.assertEqual(label(KEYED, PAIR), ["['z']"])
        self.assertEqual(label(KEYED, A), ["[#%d]" % list(KEYED).index(("k", 1))])

    def test_long_containers(self):
        label = self.heap.label
        for i in (0, 4095, 4096, 4999):
            self.assertIn("[%d]" % i, label(LONG, LONG[i]))
            self.assertEqual(label(LONG_TUPLE, LONG[i]), ["[%d]" % i])
            self.assertEqual(label(LONG_NAMED, LONG[i]), ["['k%d']" % i])
            self.assertEqual(label(LONG_KEYED, LONG[i]), ["[%d]" % i])
            self.assertEqual(label(LONG_OWN, LONG[i]), ["[%d]" % (i + (i >= 2500))])
        self.assertEqual(len(self.heap.of(LONG)["refs"]), 5000)
        self.assertEqual(len(self.heap.of(LONG_OWN)["refs"]), 5000)

    def test_keys_that_few_others_hold(self):
        label = self.heap.label
        for holder in (SESSIONS, COUNTED, MANY, MANY_COUNTED, LISTED):
            for key in list(holder)[::997]:
                self.assertIn(label(holder, key), (["<key '%s'>" % key], ["<key u'%s'>" % key]))
                self.assertIsNotNone(self.heap.line(key))
            self.assertEqual(len(self.heap.label(holder, True)), len(holder))

    @unittest.skipIf(PY2, "all dicts list their keys")
    def test_keys_that_many_hold_are_not_repeated(self):
        for holder in RECORDS + [PLAIN, ASKED, ASKED_DICT]:
            labels = self.heap.of(holder).get("labels", ())
            self.assertEqual([label for label in labels if label and "<key" in label], [])

    def test_code_refers_to_its_parts(self):
        code = constant.__code__
        for name in ("co_consts", "co_names", "co_filename"):
            self.assertIn("." + name, self.heap.label(code, getattr(code, name)))
        docs = [const for const in constant.__code__.co_consts if const == "only const %s"]
        self.assertEqual(self.heap.label(constant.__code__.co_consts, docs[0]),
                         ["[%d]" % constant.__code__.co_consts.index(docs[0])])

    @unittest.skipIf(PY2, "holds machine integers")
    def test_a_range_refers_to_its_bounds(self):
        self.assertEqual(self.heap.label(RANGE, RANGE.start), [".start"])
        self.assertEqual(self.heap.label(RANGE, RANGE.stop), [".stop"])

    def test_times_refer_to_their_zone(self):
        for obj in (ZONED, ZONED.timetz()):
            self.assertEqual(self.heap.label(ZONED, ZONED.tzinfo), [".tzinfo"])
        if not PY2:
            zone = ZONED.tzinfo
            self.assertEqual(self.heap.label(zone, zone.utcoffset(None)), [".offset"])
            self.assertEqual(self.heap.label(zone, zone.tzname(None)), [".name"])

    def test_what_is_none_is_named_by_what_holds_it(self):
        # A function without defaults holds no None for them, but one for its text.
        self.assertEqual(self.heap.label(closure, None), [".__doc__"])
        self.assertIn(".__doc__", self.heap.label(default, None))
        self.assertEqual(self.heap.label(FAILED, None), [])

    def test_closures(self):
        label, cells = self.heap.label, INNER.__closure__
        self.assertEqual(label(INNER, cells), [".__closure__"])
        self.assertEqual([label(cells, cell) for cell in cells],
                         [["<closure captured>"], ["<closure other>"]])
        self.assertEqual(label(cells[0], cells[0].cell_contents), [".cell_contents"])

    def test_functions_and_types(self):
        label = self.heap.label
        self.assertEqual(label(default, default.__dict__), [".__dict__"])
        self.assertEqual(label(default, default.__defaults__), [".__defaults__"])
        self.assertEqual(label(default, default.__code__), [".__code__"])
        self.assertEqual(label(Both, Slotted), [".__base__"])
        self.assertEqual(label(sys, sys.__dict__), [".__dict__"])

    def test_roots(self):
        of = self.heap.of
        self.assertEqual(of(sys.modules)["root"], "module table")
        self.assertEqual(of(None)["root"], "singleton")
        self.assertEqual(of(int)["root"], "static type")
        self.assertEqual(of(sys.__dict__)["root"], "interpreter")
        self.assertNotIn("root", of(Plain))


class Libraries(Case):
    """What C types of libraries hold, where the libraries are installed."""

    def test_numpy(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("numpy is not installed")
        memory = numpy.ones(100000)
        view, body = memory[:10], Plain()
        objects = numpy.array([body, ["list"], None], dtype=object)
        square = numpy.array([[body, None], [None, body]], dtype=object)
        part = objects[1:]
        many = numpy.array(["text %d" % i for i in range(6000)], dtype=object)
        derived = numpy.ones(5).view(type("Derived", (numpy.ndarray,), {}))
        heap = self.dump()
        self.assertEqual(heap.label(view, memory), [".base"])
        self.assertEqual(heap.label(derived, derived.base), [".base"])
        self.assertEqual(heap.label(objects, body), ["[0]"])
        self.assertEqual(heap.label(objects, objects[1]), ["[1]"])
        self.assertEqual(heap.label(square, body), ["[0, 0]", "[1, 1]"])
        self.assertEqual(heap.label(part, objects), [".base"])
        self.assertEqual(heap.label(part, objects[1]), [])
        self.assertEqual(heap.label(many, many[5999]), ["[5999]"])
        self.assertGreater(heap.of(memory)["size"], 800000)

    def test_greenlets(self):
        try:
            import greenlet
        except ImportError:
            self.skipTest("greenlet is not installed")

        def work(held):
            greenlet.getcurrent().parent.switch()
        waiting = greenlet.greenlet(work)
        waiting.switch(["held"])
        held = [frame.f_locals["held"] for frame in [waiting.gr_frame]][0]
        for fork in (False, True):
            dumped = memsee_dump.dump(self.path, fork=fork)
            if fork:
                dumped.wait()
            heap = Heap(self.path)
            self.assertEqual(heap.label(waiting, waiting.gr_frame), [".gr_frame"])
            self.assertEqual(heap.label(waiting.gr_frame, held), ["<local held>"])
        waiting.switch()


class Bare(object):
    pass


class Classes(Case):
    def test_classes_that_objects_alone_hold(self):
        dead = type("Dead", (Exception,), {"__slots__": ("slot",), "text": "x"})
        address = id(dead)
        child = type("DeadChild", (dead,), {})
        child_address = id(child)
        local = type("Local", (object,), {})
        instance = type("WithInstance", (object,), {})()
        gc.disable()
        try:
            del dead, child
            memsee_dump.dump(self.path)
        finally:
            gc.enable()
        objects = Heap(self.path).objects()
        for found in (address, child_address, id(type(instance))):
            self.assertEqual(objects[found].get("root"), "held by objects alone")
        for held in (Bare, local, Holder, Plain):
            self.assertNotIn("root", objects[id(held)])
        gc.collect()


class Frames(Case):
    def test_locals_of_running_frames_are_named_and_not_kept(self):
        local = Plain()
        gone = weakref.ref(local)
        frame = sys._getframe()
        memsee_dump.dump(self.path)
        heap = Heap(self.path)
        self.assertEqual(heap.label(frame, local), ["<local local>"])
        self.assertEqual(heap.of(frame)["root"], "thread frame")
        del local
        self.assertIsNone(gone())

    def test_locals_of_other_threads(self):
        ready, done, found = threading.Event(), threading.Event(), []

        def work():
            threads_own = ["in a thread"]
            found.append(id(threads_own))
            ready.set()
            done.wait()
        thread = threading.Thread(target=work)
        thread.start()
        ready.wait()
        try:
            for fork in (False, True):
                child = memsee_dump.dump(self.path, fork=fork)
                if fork:
                    child.wait()
                holders = [o for o in Heap(self.path).objects().values()
                           if o["type"] == "frame" and found[0] in o["refs"]]
                self.assertEqual([o["value"] for o in holders], ["work"])
                place = holders[0]["refs"].index(found[0])
                self.assertEqual(holders[0]["labels"][place], "<local threads_own>")
        finally:
            done.set()
            thread.join()

    def test_variables_of_generators_in_a_process_of_their_own(self):
        waiting = generator(["argument"])
        argument = next(waiting)
        memsee_dump.dump(self.path, fork=True).wait()
        holder = waiting if sys.version_info >= (3, 11) else waiting.gi_frame
        self.assertEqual(Heap(self.path).label(holder, argument), ["<local argument>"])


class Disturbance(Case):
    def test_no_special_method_is_called(self):
        out = self.python(os.path.join(HERE, "hostile.py"), self.path).communicate()[0]
        self.assertEqual(out.decode().strip(), "called: []")
        types = set(Heap(self.path).types())
        self.assertTrue({"Hostile_dict", "Hostile_tuple", "HostileSlots", "Made",
                         "HostileMeta"} <= types)

    def test_the_dumper_is_not_in_its_dump(self):
        heap = self.dump()
        kept = [heap.line(value) for value in vars(memsee_dump).values()
                if getattr(value, "__module__", None) == "memsee_dump"]
        self.assertEqual([line for line in kept if line], [])
        self.assertIsNone(heap.line(memsee_dump))
        self.assertIsNone(heap.line(memsee_dump.__dict__))
        self.assertEqual(set(heap.types()) & {"_Walk", "_Kind", "_Seen", "_Output"}, set())
        self.assertIsNotNone(heap.line(sys._getframe().f_builtins))

    @unittest.skipUnless(os.path.exists("/proc/self/status"), "needs /proc")
    def test_a_dump_takes_a_tenth_of_the_memory(self):
        script = ("import memsee_dump, sys\n"
                  "def memory(what):\n"
                  "    with open('/proc/self/status') as lines:\n"
                  "        return [int(l.split()[1]) for l in lines if l.startswith(what)][0]\n"
                  "keep = [({'id': i + 1000}, u'item %d' % i, [i * .5]) for i in range(100000)]\n"
                  "before = memory('VmRSS')\n"
                  "memsee_dump.dump(sys.argv[1])\n"
                  "sys.stdout.write('%d' % (100 * (memory('VmHWM') - before) // before))\n")
        self.assertLess(int(self.python("-c", script, self.path).communicate()[0]), 13)

    def test_a_second_dump_finds_nothing_new(self):
        script = ("import gc, memsee_dump, sys\n"
                  "gc.collect()\n"
                  "for i in range(3): memsee_dump.dump(sys.argv[1] + str(i))\n")
        self.assertEqual(self.python("-c", script, self.path).communicate()[0], b"")
        first, second = Heap(self.path + "1").objects(), Heap(self.path + "2").objects()
        new = [o for a, o in second.items() if a not in first]
        # Some atoms: the file name, what the interpreter caches.
        self.assertEqual([o for o in new if o["type"] not in ("str", "int", "float", "bytes")], [])
        self.assertLess(len(new), 20)

    def test_a_program_goes_on_as_before(self):
        """With an event loop, threads and generators at work, and then full collections."""
        for option in ("", "fork=True"):
            run = self.python(os.path.join(HERE, "working.py"), self.path, option)
            timer = threading.Timer(60, run.kill)
            timer.start()
            self.assertEqual(run.communicate()[0].decode(), "went on\n")
            timer.cancel()
            self.assertEqual(run.returncode, 0)
            self.assertGreater(len(Heap(self.path).objects()), 1000)

    def test_a_list_that_is_being_sorted_is_not_taken_for_an_empty_one(self):
        def key(item):
            if not caught:
                caught.append(self.assertRaises(memsee_dump.DumpError, memsee_dump.dump, self.path))
            return item
        caught = []
        self.assertEqual(sorted([3, 1, 2], key=key), [1, 2, 3])
        self.assertEqual(os.listdir(self.folder), [])

    def test_collection_is_left_as_it_was(self):
        for enabled in (True, False):
            (gc.enable if enabled else gc.disable)()
            self.dump()
            self.assertEqual(gc.isenabled(), enabled)
        gc.enable()

    def test_garbage_is_dumped_unless_collected(self):
        gc.disable()
        try:
            obj = Plain()
            obj.me = obj
            address = id(obj)
            del obj
            self.assertIn(address, self.dump().objects())
            self.assertNotIn("Plain", [
                o["type"] for o in self.dump(collect=True).objects().values()
                if o["address"] == address])
        finally:
            gc.enable()


class Files(Case):
    def test_gzip_by_name(self):
        path = self.path + ".gz"
        memsee_dump.dump(path)
        with open(path, "rb") as file:
            self.assertEqual(file.read(2), b"\x1f\x8b")
        self.assertTrue(Heap(path).objects())

    def test_a_stream_may_take_it(self):
        stream = io.BytesIO()
        memsee_dump.dump(stream)
        self.assertTrue(stream.getvalue().startswith(b'{"memsee_dump": 1'))

    @unittest.skipUnless(hasattr(os, "mkfifo"), "needs special files")
    def test_what_is_no_file_is_written_to_and_stays(self):
        memsee_dump.dump("/dev/null")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        pipe, found = os.path.join(self.folder, "pipe"), []
        os.mkfifo(pipe)

        def read():
            with open(pipe, "rb") as file:
                found.append(file.read(15))
                while file.read(65536):
                    pass
        thread = threading.Thread(target=read)
        thread.start()
        memsee_dump.dump(pipe)
        thread.join()
        self.assertEqual(found, [b'{"memsee_dump":'])
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))
        ours = socket.socket(socket.AF_UNIX)
        ours.bind(os.path.join(self.folder, "socket"))
        with self.assertRaises(EnvironmentError):
            memsee_dump.dump(os.path.join(self.folder, "socket"))
        ours.close()
        self.assertEqual(sorted(os.listdir(self.folder)), ["pipe", "socket"])

    @unittest.skipUnless(os.path.exists("/dev/stdout"), "needs /dev/stdout")
    def test_open_streams_are_written_to(self):
        with open(self.path, "wb") as file:
            script = "import memsee_dump; memsee_dump.dump('/dev/stdout')"
            subprocess.check_call([sys.executable, "-B", "-c", script], stdout=file, env=dict(
                os.environ, PYTHONPATH=os.path.dirname(memsee_dump.__file__)))
        self.assertGreater(len(Heap(self.path).objects()), 1000)
        self.assertEqual(os.listdir(self.folder), ["heap.json"])

    @unittest.skipUnless(hasattr(os, "symlink"), "needs links")
    def test_a_link_is_followed(self):
        for there in (False, True):
            link, real = os.path.join(self.folder, "link"), os.path.join(self.folder, "real")
            if not there:
                os.symlink("real", link)
            memsee_dump.dump(link)
            self.assertEqual(os.readlink(link), "real")
            self.assertTrue(Heap(real).objects())

    def test_paths_of_every_class(self):
        paths = [self.path.encode()] if not PY2 else [u"" + self.path]
        if hasattr(os, "fspath"):
            import pathlib
            paths.append(pathlib.Path(self.path))
        for path in paths:
            memsee_dump.dump(path)
            self.assertTrue(Heap(self.path).objects())
            os.unlink(self.path)

    def test_zstandard_where_python_has_it(self):
        if sys.version_info < (3, 14):
            with self.assertRaises(memsee_dump.DumpError) as caught:
                memsee_dump.dump(self.path + ".zst", fork=True)
            self.assertIn("only Python 3.14 and newer can write .zst", str(caught.exception))
        else:
            import compression.zstd
            memsee_dump.dump(self.path + ".zst")
            with compression.zstd.open(self.path + ".zst") as file:
                self.assertTrue(file.readline().startswith(b'{"memsee_dump": 1'))

    def test_a_failing_dump_leaves_no_file(self):
        def progress(count):
            raise KeyError(count)
        self.assertRaises(KeyError, memsee_dump.dump, self.path, progress=progress)
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_existing_file_is_replaced_at_the_end(self):
        with open(self.path, "w") as file:
            file.write("old")
        seen = []

        def progress(count):
            with open(self.path) as file:
                seen.append(file.read())
        memsee_dump.dump(self.path, progress=progress)
        self.assertEqual(set(seen), {"old"})
        self.assertGreater(len(Heap(self.path).objects()), 1000)

    def test_only_its_owner_may_read_it(self):
        self.dump()
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)

    def test_progress_counts_up_to_the_end(self):
        counts = []
        total = memsee_dump.dump(self.path, progress=counts.append)
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(counts[-1], total)


@unittest.skipUnless(hasattr(os, "fork"), "needs fork")
class Ways(Case):
    def test_fork(self):
        obj = Plain()
        child = memsee_dump.dump(self.path, fork=True)
        child.wait()
        self.assertTrue(child.poll())
        heap = Heap(self.path)
        self.assertEqual(heap.of(obj)["type"], "Plain")
        self.assertEqual(heap.header()["pid"], os.getpid())
        self.assertEqual(heap.label(obj, Plain), [".__class__"])

    def test_a_failing_child_tells_why(self):
        child = memsee_dump.dump(os.path.join(self.folder, "no", "heap.json"), fork=True)
        with self.assertRaises(memsee_dump.DumpError) as caught:
            child.wait()
        self.assertIn("No such file", str(caught.exception))

    def test_a_signal(self):
        before = memsee_dump.install(
            signal.SIGUSR2, os.path.join(self.folder, "heap-%p-%n.json.gz"))
        try:
            for n in (1, 2):
                os.kill(os.getpid(), signal.SIGUSR2)
                path = os.path.join(self.folder, "heap-%d-%d.json.gz" % (os.getpid(), n))
                end = time.time() + 300
                while not os.path.exists(path) and time.time() < end:
                    time.sleep(0.02)
                self.assertTrue(Heap(path).objects())
        finally:
            signal.signal(signal.SIGUSR2, before)

    def test_a_signal_leaves_no_zombie_and_says_what_failed(self):
        script = ("import memsee_dump, os, signal, sys, time\n"
                  "memsee_dump.install(path=sys.argv[1])\n"
                  "os.kill(os.getpid(), signal.SIGUSR2)\n"
                  "end = time.time() + 300\n"
                  "while os.path.exists('/proc') and time.time() < end:\n"
                  "    with open('/proc/self/stat') as file: me = file.read().split()[0]\n"
                  "    found = []\n"
                  "    for pid in filter(str.isdigit, os.listdir('/proc')):\n"
                  "        try:\n"
                  "            with open('/proc/%s/stat' % pid) as file: found.append(file.read().rpartition(')')[2].split()[1] == me)\n"
                  "        except (IOError, OSError): pass\n"
                  "    if not any(found): break\n"
                  "    time.sleep(0.1)\n"
                  "sys.stdout.write('ended' if not any(found) else 'zombie')\n")
        path = os.path.join(self.folder, "heap-%n.json")
        self.assertEqual(self.python("-c", script, path).communicate()[0], b"ended")
        self.assertTrue(Heap(os.path.join(self.folder, "heap-1.json")).objects())
        path = os.path.join(self.folder, "no", "heap-%n.json")
        out = self.python("-c", script, path).communicate()[0].decode()
        self.assertIn("memsee_dump: %s: " % path.replace("%n", "1"), out)
        self.assertIn("No such file or directory", out)
        self.assertEqual(len(out.splitlines()), 2, out)

    def test_a_signal_in_the_middle_of_a_dump_waits_for_its_end(self):
        for fork in (False, True):
            before = memsee_dump.install(
                signal.SIGUSR2, os.path.join(self.folder, "asked-%n.json"), fork=fork)
            try:
                sent = []

                def progress(count):
                    if len(sent) < 2:
                        sent.append(os.kill(os.getpid(), signal.SIGUSR2))
                memsee_dump.dump(self.path, progress=progress)
            finally:
                signal.signal(signal.SIGUSR2, before)
            for n in (1, 2):
                path = os.path.join(self.folder, "asked-%d.json" % n)
                end = time.time() + 300
                while not os.path.exists(path) and time.time() < end:
                    time.sleep(0.02)
                self.assertEqual(set(Heap(path).types()) & {"_Walk", "_Kind", "_Seen"}, set())
                os.unlink(path)

    def test_a_dump_begun_within_a_collection_lacks_nothing_that_lives(self):
        """By a weak reference's callback, and from Python 3.4 on by a finalizer: the garbage is
        in the collector's hands then, but all else is back in its lists."""
        script = ("import gc, memsee_dump, sys, weakref\n"
                  "class Node(object):\n"
                  "    def __init__(self): self.me = self\n"
                  "class Last(Node):\n"
                  "    def __del__(self): memsee_dump.dump(sys.argv[1] + 'in')\n"
                  "young = [Node() for _ in range(1000)]\n"
                  "gc.collect()\n"
                  "memsee_dump.dump(sys.argv[1] + 'before')\n"
                  "more = [Node() for _ in range(500)]\n"
                  "if sys.version_info >= (3, 4):\n"
                  "    Last()\n"
                  "else:\n"
                  "    node = Node()\n"
                  "    watch = weakref.ref(node, lambda _: memsee_dump.dump(sys.argv[1] + 'in'))\n"
                  "    del node\n"
                  "gc.collect()\n"
                  "memsee_dump.dump(sys.argv[1] + 'after')\n"
                  "gc.collect()\n")
        self.assertEqual(self.python("-c", script, self.path).communicate()[0], b"")
        before, within, after = [Heap(self.path + at).objects()
                                 for at in ("before", "in", "after")]
        lives = [a for a, o in before.items() if a in after and after[a]["type"] == o["type"]]
        self.assertGreater(len(lives), 1000)
        self.assertEqual([before[a] for a in lives if a not in within], [])
        self.assertEqual(sum(o["type"] == "Node" for o in within.values()),
                         sum(o["type"] == "Node" for o in after.values()))

    def test_no_dump_within_a_dump(self):
        def progress(count):
            memsee_dump.dump(self.path + "2")
        with self.assertRaises(memsee_dump.DumpError) as caught:
            memsee_dump.dump(self.path, progress=progress)
        self.assertIn("is being written", str(caught.exception))
        self.dump()

    def test_dumps_of_several_threads_come_one_after_another(self):
        paths = [self.path + str(i) for i in range(3)]
        threads = [threading.Thread(target=memsee_dump.dump, args=(path,)) for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for path in paths:
            self.assertEqual(set(Heap(path).types()) & {"_Walk", "_Kind", "_Seen"}, set())

    def victim(self, what):
        """A process that does something after it has told that it is up."""
        victim = self.python("-c", "import sys, os, time, threading\n"
                             "class Wanted(object): pass\n"
                             "keep = [Wanted() for i in range(7)]\n"
                             "sys.stdout.write('up\\n'); sys.stdout.flush()\n" + what)
        self.assertEqual(victim.stdout.readline(), b"up\n")
        self.addCleanup(victim.communicate)
        self.addCleanup(victim.kill)
        return victim

    def dump_process(self, pid, *options):
        """(exit status, last line) of the command."""
        run = self.python(memsee_dump.__file__.replace(".pyc", ".py"), "--pid", str(pid), "-o",
                          self.path, *options)
        text = run.communicate()[0].decode()
        return run.returncode, text.splitlines()[-1]

    def test_another_process(self):
        """One that works, one that sleeps in C, and one that does so while a thread works."""
        for what in ("while True: time.sleep(0.01)",
                     "time.sleep(1000)",
                     "def work():\n"
                     "    while True: sorted(range(1000))\n"
                     "thread = threading.Thread(target=work)\n"
                     "thread.daemon = True\n"
                     "thread.start()\n"
                     "threading.Event().wait(1000)\n"):
            victim = self.victim(what)
            status, text = self.dump_process(victim.pid)
            for reason in ("ptrace is not permitted", "gdb is not installed",
                           "gdb does not work here"):
                if reason in text:
                    self.assertIsNone(victim.poll())
                    self.skipTest(text)
            self.assertEqual((status, text), (0, self.path))
            time.sleep(0.3)
            self.assertIsNone(victim.poll())
            self.assertEqual(Heap(self.path).types().count("Wanted"), 7)

    @unittest.skipUnless(os.path.exists("/proc/self/stat"), "needs /proc")
    def test_a_process_that_cannot_run_is_told_at_once(self):
        started = time.time()
        stopped = self.victim("os.kill(os.getpid(), 19)\ntime.sleep(1000)")
        time.sleep(0.3)
        self.assertEqual(self.dump_process(stopped.pid), (2, (
            "memsee_dump: process %d is stopped: let it go on first, with kill -CONT %d"
            % (stopped.pid, stopped.pid))))
        dead = self.victim("os._exit(0)")
        time.sleep(0.3)
        self.assertEqual(self.dump_process(dead.pid), (2, (
            "memsee_dump: process %d is dead, and waits for its parent to notice" % dead.pid)))
        self.assertLess(time.time() - started, 20)

    def test_a_debugger_that_kills_is_not_let_near(self):
        """Stands in for gdb that cannot put back what it has changed."""
        text = ("[ \"$1\" = -p ] || exit 0\n"
                "echo $2 >>%s/killed\n"
                "echo \"Couldn't write extended state status: Bad address.\"\n"
                "kill -9 $2\n" % self.folder)
        victim = self.victim("time.sleep(1000)")
        with self.assertRaises(memsee_dump.DumpError) as caught:
            self.with_program("gdb", text, memsee_dump._inject, victim.pid, "", 10,
                              [memsee_dump._by_gdb])
        self.assertIn("gdb does not work here", str(caught.exception))
        self.assertIn("extended state status", str(caught.exception))
        with open(os.path.join(self.folder, "killed")) as file:
            self.assertNotIn(str(victim.pid), file.read().split())
        self.assertIsNone(victim.poll())

    def test_a_program_that_goes_on_for_ever_is_ended(self):
        started = time.time()
        with open(os.path.join(self.folder, "slow"), "w") as file:
            file.write("#!/bin/sh\ntrap '' INT TERM\necho so far\nwhile :; do sleep 1; done\n")
        os.chmod(file.name, 0o755)
        status, text = memsee_dump._run([file.name], 1)
        self.assertEqual((status, text), (-9, "so far\n"))
        self.assertLess(time.time() - started, 30)

    def with_program(self, name, text, function, *args):
        """Calls the function with a program of that name before all others."""
        with open(os.path.join(self.folder, name), "w") as file:
            file.write("#!/bin/sh\n" + text)
        os.chmod(file.name, 0o755)
        path = os.environ.get("PATH", "")
        os.environ["PATH"] = self.folder + os.pathsep + path
        try:
            return function(*args)
        finally:
            os.environ["PATH"] = path

    def test_an_injector_of_memsee_goes_before_gdb(self):
        """Stands in for memsee with an injector: it runs the script itself."""
        text = ("case $1 in --help) echo '  --inject PID FILE';;\n"
                "--inject) PYTHONPATH= exec %s -B \"$3\";; esac\n" % sys.executable)
        self.with_program("memsee", text, memsee_dump._inject, os.getpid(),
                          memsee_dump._PROBE_SCRIPT, 10, [memsee_dump._by_memsee])

    def test_a_snapshot_of_memsee_goes_before_all_that_runs_in_the_process(self):
        text = ("case $1 in --help) echo '  --snap PID';;\n"
                "--snap) echo \"$2\" >\"$4\";; esac\n")
        self.with_program("memsee", text, memsee_dump.dump_process, os.getpid(), self.path)
        with open(self.path) as file:
            self.assertEqual(file.read(), "%d\n" % os.getpid())

    def test_remote_execution_where_python_has_it(self):
        """Stands in for sys.remote_exec of 3.14, which runs a file in the main thread."""
        asked = []

        def remote_exec(pid, script):
            asked.append(pid)
            with open(script) as source:
                code = compile(source.read(), script, "exec")
            threading.Thread(target=eval, args=(code, {})).start()
        folders = set(os.listdir(tempfile.gettempdir()))
        self.with_remote_exec(remote_exec, memsee_dump.dump_process, os.getpid(), self.path)
        self.assertEqual(asked, [os.getpid()])
        self.assertEqual(Heap(self.path).header()["pid"], os.getpid())
        left = set(os.listdir(tempfile.gettempdir())) - folders
        self.assertEqual([name for name in left if name.startswith("memsee-dump-")], [])

    def test_a_failure_in_the_other_process_is_told(self):
        def remote_exec(pid, script):
            with open(script) as source:
                eval(compile(source.read(), script, "exec"), {})
        path = os.path.join(self.folder, "no", "heap.json")
        with self.assertRaises(memsee_dump.DumpError) as caught:
            self.with_remote_exec(remote_exec, memsee_dump.dump_process, os.getpid(), path)
        self.assertIn("No such file", str(caught.exception))

    def test_refused_remote_execution_falls_back_on_gdb(self):
        def remote_exec(pid, script):
            raise RuntimeError("remote debugging is off")
        path = os.environ.get("PATH", "")
        os.environ["PATH"] = self.folder
        try:
            with self.assertRaises(memsee_dump.DumpError) as caught:
                self.with_remote_exec(remote_exec, memsee_dump.dump_process, os.getpid(),
                                      self.path)
        finally:
            os.environ["PATH"] = path
        self.assertEqual(str(caught.exception), "process %d cannot be reached: remote debugging "
                         "is off; gdb is not installed" % os.getpid())

    def with_remote_exec(self, remote_exec, function, *args):
        missing = object()
        before = getattr(sys, "remote_exec", missing)
        sys.remote_exec = remote_exec
        try:
            function(*args)
        finally:
            if before is missing:
                del sys.remote_exec
            else:
                sys.remote_exec = before

    def test_a_process_that_is_not_there(self):
        run = self.python(memsee_dump.__file__.replace(".pyc", ".py"), "--pid", "4194305")
        self.assertEqual(run.communicate()[0],
                         b"memsee_dump: process 4194305: no such process\n")
        self.assertEqual(run.returncode, 2)


if __name__ == "__main__":
    unittest.main()
