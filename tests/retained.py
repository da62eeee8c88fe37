#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Dumps of Java and Ruby read a second time, by a reader that has nothing in common with
memsee's: the same objects, references and roots, and every retained size is the same.

    retained.py [DUMP]...      .hprof or .json, packed or not"""
import csv
import gzip
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
DUMPS = ["tiny.hprof", "jvm_32bit_ids.hprof.gz", "tiny_ruby.json", "ruby3_singleton.json.gz"]
WIDTH = {4: 1, 5: 2, 6: 4, 7: 8, 8: 1, 9: 2, 10: 4, 11: 8}


class Heap:
    """size: address to bytes; refs: address to addresses; roots: addresses."""

    def __init__(self):
        self.size, self.refs, self.roots = {}, {}, set()


class Hprof(Heap):
    def __init__(self, data):
        super().__init__()
        start = data.index(b"\0") + 1
        self.id, = struct.unpack_from(">I", data, start)
        self.data, self.at = data, start + 12
        self.names, self.classes, self.instances, self.arrays = {}, {}, [], []
        while self.at < len(data):
            tag, _, length = struct.unpack_from(">BII", data, self.at)
            self.at += 9
            end = self.at + length
            if tag == 0x01:
                number = self.take()
                self.names[number] = data[self.at:end].decode("utf-8", "replace").replace(
                    "/", ".")
            elif tag == 0x02:
                self.at += 4
                number = self.take()
                self.at += 4
                self.classes.setdefault(number, {})["name"] = self.names.get(self.take())
            elif tag in (0x0C, 0x1C):
                while self.at < end:
                    self.subrecord()
            self.at = end
        self.narrow = self.id == 8  # so it is with the dumps of tests/data
        for number, fields, contents in self.instances:
            self.instance(number, fields, contents)

    def take(self, width=None):
        width = width or self.id
        value = int.from_bytes(self.data[self.at:self.at + width], "big")
        self.at += width
        return value

    def width(self, kind):
        return self.id if kind == 2 else WIDTH[kind]

    def reference(self):
        return 4 if self.id == 8 else self.id

    def header(self, array=False):
        if self.id == 4:
            return 12 if array else 8
        return 16 if array else 12

    @staticmethod
    def align(size):
        return (size + 7) // 8 * 8

    def put(self, number, size, refs):
        self.size[number & (1 << 63) - 1] = size
        self.refs[number & (1 << 63) - 1] = [r & (1 << 63) - 1 for r in refs if r]

    def subrecord(self):
        tag = self.take(1)
        rest = {0xFF: 0, 1: self.id, 2: 8, 3: 8, 4: 4, 5: 0, 6: 4, 7: 0, 8: 8}.get(tag)
        if rest is not None:
            self.roots.add(self.take() & (1 << 63) - 1)
            self.at += rest
        elif tag == 0x20:
            self.klass()
        elif tag == 0x21:
            number, _, kind, length = self.take(), self.take(4), self.take(), self.take(4)
            self.instances.append((number, kind, self.data[self.at:self.at + length]))
            self.at += length
        elif tag == 0x22:
            number, _, count, kind = self.take(), self.take(4), self.take(4), self.take()
            refs = [self.take() for _ in range(count)]
            size = self.align(self.header(True) + count * self.reference())
            self.put(number, size, refs + [kind])
        elif tag == 0x23:
            number, _, count, kind = self.take(), self.take(4), self.take(4), self.take(1)
            self.at += count * WIDTH[kind]
            self.put(number, self.align(self.header(True) + count * WIDTH[kind]), [])
        else:
            raise ValueError(f"tag {tag:#x}")

    def klass(self):
        number, _, above = self.take(), self.take(4), self.take()
        refs = [above] + [self.take() for _ in range(3)]
        self.at += 2 * self.id + 4
        size = self.header()
        for _ in range(self.take(2)):
            self.at += 2
            kind = self.take(1)
            self.at += self.width(kind)
        for _ in range(self.take(2)):
            self.at += self.id
            kind = self.take(1)
            value = self.take(self.width(kind))
            size += self.reference() if kind == 2 else WIDTH[kind]
            if kind == 2:
                refs.append(value)
        fields = []
        for _ in range(self.take(2)):
            name = self.names.get(self.take())
            fields.append((name, self.take(1)))
        self.classes.setdefault(number, {}).update(above=above, fields=fields)
        self.put(number, self.align(size), refs)

    def instance(self, number, kind, contents):
        at, refs, size, up = 0, [], self.header(), kind
        soft = False
        while up in self.classes and "fields" in self.classes[up]:
            klass = self.classes[up]
            soft |= klass.get("name") == "java.lang.ref.SoftReference"
            for name, field in klass["fields"]:
                weak = klass.get("name") == "java.lang.ref.Reference" and name == "referent"
                if field == 2 and not (weak and not soft):
                    refs.append(int.from_bytes(contents[at:at + self.id], "big"))
                at += self.width(field)
                size += self.reference() if field == 2 else WIDTH[field]
            up = klass["above"]
        self.put(number, self.align(size), refs + [kind])


class Ruby(Heap):
    def __init__(self, data):
        super().__init__()
        for line in data.decode().splitlines():
            thing = json.loads(line)
            refs = [int(r, 16) for r in thing.get("references", [])]
            if thing["type"] == "ROOT":
                self.roots.update(refs)
            elif thing["type"] != "SHAPE":
                if "class" in thing:
                    refs.append(int(thing["class"], 16))
                tracer = thing.get("struct") == "ObjectTracing/allocation_info_tracer"
                address = int(thing["address"], 16)
                self.size[address] = 0 if tracer else thing.get("memsize", 0)
                self.refs[address] = refs


def retained(heap):
    """Bytes that each reachable object retains: K. D. Cooper, T. J. Harvey and K. Kennedy, "A
    simple, fast dominance algorithm", 2001."""
    top = 0
    following = {a: [r for r in refs if r in heap.size] for a, refs in heap.refs.items()}
    following[top] = sorted(r for r in heap.roots if r in heap.size)
    order, number, stack = [], {}, [(top, iter(following[top]))]
    number[top] = -1
    while stack:
        node, rest = stack[-1]
        for child in rest:
            if child not in number:
                number[child] = -1
                stack.append((child, iter(following[child])))
                break
        else:
            stack.pop()
            number[node] = len(order)
            order.append(node)
    before = {node: [] for node in order}
    for node in order:
        for child in following[node]:
            before[child].append(node)
    above = {top: top}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            best = None
            for other in before[node]:
                if other not in above:
                    continue
                if best is None:
                    best = other
                while best != other:
                    while number[best] < number[other]:
                        best = above[best]
                    while number[other] < number[best]:
                        other = above[other]
            if above.get(node) != best:
                above[node], changed = best, True
    total = {node: heap.size.get(node, 0) for node in order}
    for node in order[:-1]:
        total[above[node]] += total[node]
    del total[top]
    return total


def check(tap, path):
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    heap = Hprof(data) if data.startswith(b"JAVA PROFILE") else Ruby(data)
    with tempfile.TemporaryDirectory() as scratch:
        run = subprocess.run(
            [MEMSEE, "-q", "-f", "csv", "-d", f"{scratch}/x.db", "-e", f"read {path}",
             "select address, coalesce(size, 0) as size from obj",
             "select address, retained from dominators"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    sizes, kept = ({int(a): int(n) for a, n in list(csv.reader(io.StringIO(part)))[1:]}
                   for part in run.stdout.split("\n\n"))
    wrong = [f"{a:#x}: {heap.size.get(a)}, by memsee {sizes.get(a)}"
             for a in sorted(set(heap.size) | set(sizes)) if heap.size.get(a) != sizes.get(a)]
    tap.none(wrong[:10], f"{path.name}: {len(sizes)} objects of the same size")
    mine = retained(heap)
    wrong = [f"{a:#x}: {mine.get(a)}, by memsee {kept.get(a)}"
             for a in sorted(set(mine) | set(kept)) if mine.get(a) != kept.get(a)]
    tap.none(wrong[:10], f"{path.name}: {len(kept)} retained sizes are the same")


def main():
    tap = Tap()
    for path in [pathlib.Path(p) for p in sys.argv[1:]] or [DATA / name for name in DUMPS]:
        check(tap, path)
    tap.done()


if __name__ == "__main__":
    main()
