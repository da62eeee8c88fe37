#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts a series of dumps of one program down to what a leak check looks at.

    slim.py CLASS[,CLASS…] OUT DUMP…

Kept are the objects of the classes (of a V8 snapshot also functions of that name, .NAME for
objects with that property, and "TEXT for strings with that between dots; of HPROF what begins
like that), what they refer to, what holds them
on a shortest way, and the first OTHERS objects that the roots of the first dump lead to;
references to anything else go.  OUT_1.EXT.gz and so on are written, in the form of the dumps: heapsnapshot, hprof, or
Ruby's lines."""
import gzip
import json
import struct
import sys
from collections import deque

OTHERS = 350
DEEP = 2


def choose(graph, roots, is_wanted, others):
    """The objects to keep: `graph` maps each to what it refers to, in order."""
    before, order, queue = {r: None for r in roots}, [], deque(roots)
    while queue:
        at = queue.popleft()
        order.append(at)
        for to in graph.get(at, ()):
            if to not in before:
                before[to] = at
                queue.append(to)
    if others is None:
        others = set(order[:OTHERS])
    keep = {o for o in others if o in graph}
    ring = [o for o in graph if is_wanted(o)]
    for o in ring:
        while o is not None and o not in keep:
            keep.add(o)
            o = before.get(o)
    keep.update(ring)
    for _ in range(DEEP):
        ring = [to for o in ring for to in graph.get(o, ()) if to in graph and to not in keep]
        keep.update(ring)
    return keep, others


class Snapshot:
    """V8: integers in rows, and strings."""

    def __init__(self, path):
        with open(path) as f:
            self.whole = whole = json.load(f)
        meta = whole["snapshot"]["meta"]
        self.width, self.edge_width = len(meta["node_fields"]), len(meta["edge_fields"])
        n, e = meta["node_fields"], meta["edge_fields"]
        self.name, self.id, self.count, self.type = (n.index(x) for x in (
            "name", "id", "edge_count", "type"))
        self.kind, self.label, self.to = (e.index(x) for x in (
            "type", "name_or_index", "to_node"))
        self.kinds = meta["edge_types"][0]
        self.types = meta["node_types"][0]
        w, nodes, edges = self.width, whole["nodes"], whole["edges"]
        self.nodes = [nodes[i:i + w] for i in range(0, len(nodes), w)]
        at, self.edges = 0, []
        for node in self.nodes:
            rows = []
            for _ in range(node[self.count]):
                rows.append(edges[at:at + self.edge_width])
                at += self.edge_width
            self.edges.append(rows)
        self.graph = {}
        for node, rows in zip(self.nodes, self.edges):
            self.graph[node[self.id]] = [
                self.nodes[r[self.to] // w][self.id] for r in rows
                if self.kinds[r[self.kind]] not in ("weak", "shortcut")]
        self.roots = [self.nodes[0][self.id]]
        self.by_id = {node[self.id]: i for i, node in enumerate(self.nodes)}

    def is_wanted(self, names):
        def wanted(o):
            node = self.nodes[self.by_id[o]]
            kind = self.types[node[self.type]]
            strings = self.whole["strings"]
            if kind == "string":
                return any('"' + w in names for w in strings[node[self.name]].split("."))
            return kind in ("object", "closure") and (
                strings[node[self.name]] in names or
                kind == "object" and any(
                    self.kinds[r[self.kind]] == "property" and
                    "." + strings[r[self.label]] in names for r in self.edges[self.by_id[o]]))
        return wanted

    def write(self, path, keep):
        strings, number = [], {}

        def text(i):
            s = self.whole["strings"][i][:60]
            if s not in number:
                number[s] = len(strings)
                strings.append(s)
            return number[s]
        kept = [i for i, node in enumerate(self.nodes)
                if i == 0 or node[self.id] in keep]
        place = {old: new for new, old in enumerate(kept)}
        nodes, edges = [], []
        for i in kept:
            node = list(self.nodes[i])
            rows = [list(r) for r in self.edges[i] if r[self.to] // self.width in place]
            for r in rows:
                r[self.to] = place[r[self.to] // self.width] * self.width
                if self.kinds[r[self.kind]] not in ("element", "hidden"):
                    r[self.label] = text(r[self.label])
                edges += r
            node[self.name] = text(node[self.name])
            node[self.count] = len(rows)
            nodes += node
        out = {"snapshot": {"meta": self.whole["snapshot"]["meta"], "node_count": len(kept),
                            "edge_count": len(edges) // self.edge_width},
               "nodes": nodes, "edges": edges, "strings": strings}
        with gzip.GzipFile(path, "wb", 9, mtime=0) as f:
            f.write(json.dumps(out, separators=(",", ":")).encode())


class Lines:
    """Ruby: an object a line."""

    def __init__(self, path):
        with open(path) as f:
            self.lines = [json.loads(line) for line in f]
        self.graph, self.classes = {}, {}
        for o in self.lines:
            o["references"] = o.get("references", [])
            key = o.get("address", "root " + o.get("root", ""))
            self.graph[key] = o["references"] + ([o["class"]] if "class" in o else [])
            if o["type"] == "CLASS":
                self.classes[o["address"]] = o.get("name")
        self.roots = [k for k in self.graph if k.startswith("root ")]
        self.by_key = {o.get("address"): o for o in self.lines}

    def is_wanted(self, names):
        return lambda key: self.classes.get(self.by_key.get(key, {}).get("class")) in names

    def write(self, path, keep):
        with gzip.GzipFile(path, "wb", 9, mtime=0) as f:
            for o in self.lines:
                if o.get("address", "root " + o.get("root", "")) not in keep:
                    continue
                o["references"] = [r for r in o["references"] if r in keep]
                for field in ("shape_id", "slot_size"):
                    o.pop(field, None)
                f.write(json.dumps(o, separators=(",", ":")).encode() + b"\n")


class Hprof:
    """Java, ids of 8 bytes: records, and within a heap further ones."""
    WIDTHS = {2: 8, 4: 1, 5: 2, 6: 4, 7: 8, 8: 1, 9: 2, 10: 4, 11: 8}
    ROOTS = {0xff: 8, 1: 16, 2: 16, 3: 16, 4: 12, 5: 8, 6: 12, 7: 8, 8: 16}

    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = data = f.read()
        at = data.index(b"\0") + 13
        self.header, self.records, self.items = data[:at], [], []
        while at < len(data):
            tag, _, size = struct.unpack_from(">BII", data, at)
            body = at + 9
            if tag in (0x0c, 0x1c):
                self.heap(body, body + size)
            elif tag != 0x2c:
                self.records.append((tag, data[at:body + size]))
            at = body + size
        self.strings = {self.u8(r, 9): r[17:] for tag, r in self.records if tag == 1}
        self.names = {self.u8(r, 13): self.strings[self.u8(r, 25)]
                      for tag, r in self.records if tag == 2}
        self.finish()

    @staticmethod
    def u8(data, at):
        return struct.unpack_from(">Q", data, at)[0]

    def heap(self, at, end):
        d = self.data
        while at < end:
            tag, start = d[at], at
            at += 1
            key = self.u8(d, at)
            if tag in self.ROOTS:
                at += self.ROOTS[tag]
            elif tag == 0x20:
                at += 8 + 4 + 48 + 4
                at = self.values(at, 2)
                at = self.values(at, 8)
                at += 2 + 9 * struct.unpack_from(">H", d, at)[0]
            elif tag == 0x21:
                at += 24 + struct.unpack_from(">I", d, at + 20)[0]
            elif tag == 0x22:
                at += 24 + 8 * struct.unpack_from(">I", d, at + 12)[0]
            else:
                at += 17 + self.WIDTHS[d[at + 16]] * struct.unpack_from(">I", d, at + 12)[0]
            self.items.append((tag, key, d[start:at]))

    def values(self, at, before):
        count = struct.unpack_from(">H", self.data, at)[0]
        at += 2
        for _ in range(count):
            at += before + 1 + self.WIDTHS[self.data[at + before]]
        return at

    def finish(self):
        self.classes, self.graph, self.type, self.roots = {}, {}, {}, []
        for tag, key, item in self.items:
            if tag == 0x20:
                at = 1 + 8 + 4 + 48 + 4
                for _ in range(struct.unpack_from(">H", item, at)[0]):
                    at += 3 + self.WIDTHS[item[at + 4]]
                at += 2
                statics = []
                for _ in range(struct.unpack_from(">H", item, at)[0]):
                    if item[at + 10] == 2:
                        statics.append(at + 11)
                    at += 9 + self.WIDTHS[item[at + 10]]
                at += 2
                fields = [item[at + 2 + 9 * i + 8] for i in range(
                    struct.unpack_from(">H", item, at)[0])]
                self.classes[key] = (self.u8(item, 13), fields, statics)
        for tag, key, item in self.items:
            if tag == 0x20:
                refs = [13, 21, 29, 37] + self.classes[key][2]
            elif tag == 0x21:
                self.type[key] = c = self.u8(item, 13)
                refs, at = [], 25
                while c in self.classes:
                    for kind in self.classes[c][1]:
                        refs += [at] if kind == 2 else []
                        at += self.WIDTHS[kind]
                    c = self.classes[c][0]
            elif tag == 0x22:
                self.type[key] = self.u8(item, 17)
                refs = range(25, len(item), 8)
            elif tag == 0x23:
                refs = []
            else:
                self.roots.append(key)
                continue
            self.graph[key] = [self.u8(item, at) for at in refs]
            if key in self.type:
                self.graph[key].append(self.type[key])

    def is_wanted(self, names):
        return lambda key: self.names.get(self.type.get(key), b"").decode().startswith(names)

    def write(self, path, keep):
        keep.update([self.type[key] for key in keep if key in self.type])
        todo = list(keep)
        while todo:  # a class needs those above it
            up = self.classes.get(todo.pop(), (0,))[0]
            if up in self.classes and up not in keep:
                keep.add(up)
                todo.append(up)
        heap, texts = b"", set()
        for tag, key, item in self.items:
            if key not in keep:
                continue
            heap += item
            if tag == 0x20:
                at = 1 + 8 + 4 + 48 + 4
                for _ in range(struct.unpack_from(">H", item, at)[0]):
                    at += 3 + self.WIDTHS[item[at + 4]]
                at += 2
                for _ in range(struct.unpack_from(">H", item, at)[0]):
                    texts.add(self.u8(item, at + 2))
                    at += 9 + self.WIDTHS[item[at + 10]]
                at += 2
                for i in range(struct.unpack_from(">H", item, at)[0]):
                    texts.add(self.u8(item, at + 2 + 9 * i))
        loads = [r for tag, r in self.records if tag == 2 and self.u8(r, 13) in keep]
        texts.update(self.u8(r, 25) for r in loads)
        with gzip.GzipFile(path, "wb", 9, mtime=0) as f:
            f.write(self.header)
            for tag, r in self.records:
                if tag == 1 and self.u8(r, 9) in texts:
                    f.write(r)
            for r in loads:
                f.write(r)
            f.write(struct.pack(">BII", 0x1c, 0, len(heap)) + heap)
            f.write(struct.pack(">BII", 0x2c, 0, 0))


def main():
    names, out, dumps = tuple(sys.argv[1].split(",")), sys.argv[2], sys.argv[3:]
    others = None
    for number, path in enumerate(dumps, 1):
        kind = {"heapsnapshot": Snapshot, "hprof": Hprof, "json": Lines}[path.split(".")[-1]]
        dump = kind(path)
        keep, others = choose(dump.graph, dump.roots, dump.is_wanted(names), others)
        if kind is Hprof:
            others = None  # they move
        dump.write(f"{out}_{number}.{path.split('.')[-1]}.gz", keep)


if __name__ == "__main__":
    main()
