#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares a dump of memsee's dumper with one taken from outside, of one process.

    compare.py [--want] [-v] DUMPED TAKEN

Says how much of what the dumper found was found from outside: objects, references, labels
and bytes.  With --want fails when less than 99.9 % of objects, 99.9 % of references or
98.5 % of labels are the same, or sizes differ by more than 1 %."""
import argparse
import collections
import gzip
import json
import sys


def load(path):
    objects = {}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if "memsee_dump" not in entry:
                objects[entry["address"]] = entry
    return objects


class Comparison:
    def __init__(self, dumped, taken):
        self.dumped, self.taken = dumped, taken
        self.missing = collections.Counter(o["type"] for a, o in dumped.items() if a not in taken)
        self.more = collections.Counter(o["type"] for a, o in taken.items() if a not in dumped)
        self.refs_found = self.labels_same = 0
        self.refs_missing, self.refs_more = collections.Counter(), collections.Counter()
        self.labels_other, self.sizes = collections.Counter(), collections.Counter()
        self.bytes = [0, 0]
        for address, one in dumped.items():
            other = taken.get(address)
            if other and other["type"] == one["type"]:
                self.compare(one, other)

    def type_of(self, address):
        return (self.dumped.get(address) or self.taken.get(address) or {"type": "?"})["type"]

    def compare(self, one, other):
        kind = one["type"]
        self.bytes[0] += one["size"]
        self.bytes[1] += other["size"]
        if one["size"] != other["size"]:
            self.sizes[kind] += 1
        wanted, found = collections.Counter(one["refs"]), collections.Counter(other["refs"])
        self.refs_found += sum((wanted & found).values())
        for address in (wanted - found).elements():
            self.refs_missing[kind, self.type_of(address)] += 1
        for address in (found - wanted).elements():
            self.refs_more[kind, self.type_of(address)] += 1
        names = collections.defaultdict(set)
        for address, label in zip(other["refs"], other.get("labels") or []):
            names[address].add(label)
        for address, label in zip(one["refs"], one.get("labels") or []):
            if label is None or address not in found or self.type_of(address) == "NoneType":
                continue  # None may be the value of several names at once
            if label in names[address]:
                self.labels_same += 1
            else:
                self.labels_other[kind] += 1

    def parts(self):
        def part(found, lost):
            return 100 * found / ((found + lost) or 1)
        both = len(self.dumped) - sum(self.missing.values())
        return {"objects": part(both, sum(self.missing.values())),
                "references": part(self.refs_found, sum(self.refs_missing.values())),
                "labels": part(self.labels_same, sum(self.labels_other.values())),
                "bytes": 100 * self.bytes[1] / (self.bytes[0] or 1)}

    def show(self, verbose):
        for name, value in self.parts().items():
            print(f"{name}: {value:.3f} %")
        if verbose:
            for name in ("missing", "more", "refs_missing", "refs_more", "labels_other", "sizes"):
                print(f"{name}: {getattr(self, name).most_common(14)}")

    def good(self):
        part = self.parts()
        return (part["objects"] >= 99.9 and part["references"] >= 99.9
                and part["labels"] >= 98.5 and 99 <= part["bytes"] <= 101)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--want", action="store_true")
    options.add_argument("-v", dest="verbose", action="store_true")
    options.add_argument("dumped")
    options.add_argument("taken")
    options = options.parse_args()
    comparison = Comparison(load(options.dumped), load(options.taken))
    comparison.show(options.verbose)
    if options.want and not comparison.good():
        comparison.show(True)
        sys.exit(1)


if __name__ == "__main__":
    main()
