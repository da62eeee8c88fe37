#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""With --redact nothing that a program's user put into a dump is told by anybody.

A marker is planted in every place of a dump that a user's data can reach, and looked for in
every format, report and export, in the database, its backup and its journal, in what is in
$TMPDIR when a run is killed, and in every message.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from tap import MEMSEE, TOP, Tap

REPORTS = sorted(p.stem for p in (TOP / "reports").glob("*.memsee"))
FORMATS = ("markdown", "csv", "dot", "text", "json", "html", "svg", "mermaid")
# The reports' own options; those that are unknown to one only make it warn.
DEFINES = ["what=type = 'dict'", "type=dict", "count=1", "min_count=1", "top=100"]


class Markers:
    """Texts and numbers that occur nowhere else; each says which place it was put in."""

    def __init__(self):
        self.place = {}

    def text(self, place, form="{}"):
        number = len(self.place)
        marker = "xyzzy" + "".join(chr(97 + number // 26**i % 26) for i in range(3)) + "q"
        self.place[marker] = place
        return form.format(marker)

    def number(self, place):
        marker = 4242420000000000 + 7 * len(self.place)
        self.place[str(marker)] = place
        return marker


def object_line(**parts):
    return json.dumps(parts)


def dump(m, bad):
    """The lines of a dump with a marker in each place; with `bad` those, too, that cannot
    be read."""
    lines = [json.dumps({
        "memsee_dump": 1, "python": m.text("header: version"), "pid": m.number("header: pid"),
        "argv": [m.text("header: argv"), m.text("header: second argument")],
        "program": m.text("header: program"), "environment": {"KEY": m.text("header: environment")},
        "time": m.text("header: time"), "runtime": m.text("header: runtime"),
        "identity": m.text("header: identity"), "rss": m.number("header: rss"),
        "cwd": m.text("header: unknown text"), m.text("header: unknown key"): 1,
        "serial": m.number("header: unknown number")})]
    address = 4096

    def put(**parts):
        nonlocal address
        address += 16
        lines.append(object_line(address=address, **{"size": 64, "refs": [], **parts}))
        return address

    leaves = [
        put(type="str", value=m.text("value of a str")),
        put(type="str", value=m.text("value that looks reserved", "__{}__")),
        put(type="str", name=m.text("name of a str"), value="a"),
        put(type="str", value="__topsecret__"),
        put(type="bytes", value=m.text("value of bytes")),
        put(type="unicode", value=m.text("value of a unicode")),
        put(type="int", value=m.number("value of an int")),
        put(type="int", value=m.text("text value of an int")),
        put(type="float", value=m.text("value of a float")),
        put(type="bool", value=m.text("value of a bool")),
        put(type="Own", value=m.text("value of an object")),
        put(type="Own", name=m.text("name of an object")),
        put(type="int", name=m.text("name of an int"), value=1),
        put(type="dict", name=m.text("name of a dict")),
        put(type="frame", value=m.text("value of a frame")),
        put(type="function", name=m.text("name of a function that is none", "a {}"),
            value=m.text("value of a function")),
        put(type="module", name=str(m.number("name of a module that is a number"))),
        put(type="type", name=m.text("name of a class that is a text", "{}@x.org")),
        put(type=m.text("type with an address", "Window / http://{}/")),
        put(type="str", value="b", root=m.text("reason of a root")),
        put(type="str", value="c", unknown=m.text("value of an unknown key")),
        put(type="str", value="d", **{m.text("unknown key"): {"a": [m.text("nested")]}}),
    ]
    key = m.number("integer key")
    labels = [m.text("text key", "['{}']"), f"[{key}]", m.text("bytes key", "[b'{}']"),
              m.text("attribute", ".{}"), m.text("attribute that looks reserved", ".__{}__"),
              m.text("local variable", "<local {}>"), m.text("closure", "<closure {}>"),
              m.text("key", "<key '{}'>"), f"<key {m.number('integer as key')}>",
              m.text("label of no kind"), m.text("label that begins as a kind", "['{}"),
              f"[#{m.number('place of an entry that is none')}]", f"[{m.number('float key')}.5]",
              m.text("tuple key", "[('{}', 1)]"), "[None]", None]
    holders = []
    for kind in ("dict", "list", "Own", "function", "frame"):
        refs = [leaves[i % len(leaves)] for i in range(len(labels))]
        holders.append(put(type=kind, refs=refs, labels=labels))
    holders.append(put(type="tuple", refs=leaves))
    small = put(type="dict", refs=leaves[:2], labels=["[0]", "[1]"])
    put(type="module", name="__main__", refs=[*holders, small])
    if bad:
        lines += [m.text("line that is no JSON"),
                  '{"address": 1, "type": "str", "value": "%s' % m.text("line that breaks off"),
                  object_line(address=m.text("address that is none"), type="str"),
                  object_line(address=8, type="str", size=m.text("size that is none")),
                  object_line(address=8, type="str", size=1, refs=[m.text("reference")]),
                  object_line(address=8, type=5, value=m.text("value of a bad line")),
                  '{"address": 8, "type": "a", "type": "%s"}' % m.text("type that is there twice")]
    return "\n".join(lines) + "\n"


def run(arguments, name):
    """A run whose messages and standard output are looked at as well."""
    with open(f"{name}.out", "wb") as out, open(f"{name}.err", "wb") as err:
        subprocess.run([MEMSEE, "--redact", "-v", *arguments], stdout=out, stderr=err,
                       stdin=subprocess.DEVNULL, timeout=120, check=False)


def found(markers, folder):
    """Every marker that is told, and where."""
    problems = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        # UTF-16 or base64 would be another way to tell; nothing here writes either.
        for marker, place in markers.place.items():
            if marker.encode() in data:
                problems.append(f"{path.name} tells of '{place}'")
    return problems


def kill_amid(folder, source):
    """Ends a run on the spot while a journal and a private database are there."""
    os.environ["TMPDIR"] = str(folder)
    slow = ("with recursive n(i) as (select 1 union all select i + 1 from n)"
            " select count(*) from n")
    for options in ([], ["-d", str(folder / "kept.db")]):
        with subprocess.Popen(
                [MEMSEE, "--redact", *options, "-o", "-", "-e", f"read {source}",
                 "!pragma cache_size = 1", "!begin",
                 "!update obj set value = value || 'x', size = size + 1",
                 "!update ref set child = child + 1", "echo ready", slow],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while b"ready" not in process.stdout.readline():
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            process.communicate()
    return [p.name for p in folder.iterdir()]


def formats():
    """Those of FORMATS that this memsee has."""
    there = []
    for name in FORMATS:
        known = subprocess.run([MEMSEE, "-q", "-o", f"{name}:/dev/null", "-e", "select 1"],
                               stderr=subprocess.DEVNULL, check=False).returncode == 0
        there += [name] if known else []
    return there


def main():
    tap = Tap()
    base = pathlib.Path(tempfile.mkdtemp(prefix="memsee-redacted-"))
    folder, data = base / "told", base / "data"
    folder.mkdir()
    data.mkdir()
    os.chdir(folder)
    os.environ["MEMSEE_REPORTS"] = str(TOP / "reports")
    markers = Markers()
    markers.place["topsecret"] = "a word that looks reserved"
    first, later, bad = (str(data / name) for name in ("a.json", "b.json", "bad.json"))
    pathlib.Path(first).write_text(dump(markers, False), encoding="utf-8")
    pathlib.Path(later).write_text(dump(markers, False), encoding="utf-8")
    pathlib.Path(bad).write_text(dump(markers, True), encoding="utf-8")
    kinds = formats()
    tap.ok(len(kinds) >= 5 and len(markers.place) > 150, "markers are planted")
    defines = [word for d in DEFINES for word in ("-D", d)]
    for report in REPORTS:
        outputs = [word for f in kinds for word in ("-o", f"{f}:{report}.{f}")]
        extra = ["-D", f"to={report}.to", "-D", f"folded={report}.folded"]
        run([*outputs, "--junit", f"{report}.xml", "--annotate", "github", "-d",
             f"{report}.db", *defines, *extra, report, first], f"{report}-one")
        run([*[w for f in kinds for w in ("-o", f"{f}:{report}-two.{f}")], *defines,
             *extra, report, first, later], f"{report}-two")
    tap.none(found(markers, folder), "no report tells a marker, in any format")
    commands = [f"read {first}", "backup", "select * from obj", "select * from ref",
                "select * from read_log", "select * from gen", "roots",
                "path from \"0&\" to \"type = 'str'\" all",
                "path from \"0&\" to \"type = 'bytes'\" all", "paths to \"type = 'str'\"",
                "export graphml a.graphml", "export neo4j neo", "folded f.txt", "cycles",
                "owners", "select sqlite_version() from obj where value = 'a' limit 0",
                "select * from sqlite_schema", f"read {bad}", "select * from read_log",
                f"read {later}", "trend", "leaks", "expect no leak", "expect empty select * from obj",
                "select json_group_array(value) from obj"]
    outputs = [word for f in kinds for word in ("-o", f"{f}:all.{f}")]
    run(["--keep-going", *outputs, "-o", "csv:folder/", "--junit", "all.xml", "-d", "all.db",
         "-e", *commands], "all")
    tap.ok(pathlib.Path("all.db.bak").exists() and pathlib.Path("a.graphml").exists() and
           pathlib.Path("neo").is_dir(), "there is a backup and an export")
    tap.none(found(markers, folder), "no command, database, backup or export tells a marker")
    run(["-e", f"read {bad}"], "bad")
    run(["--strict", "-e", f"read {bad}"], "strict")
    run(["--memory", "1M", "-e", f"read {bad}"], "little")
    tap.none(found(markers, folder), "no message tells a marker")
    left = kill_amid(folder, first)
    tap.ok(any(n.startswith("memsee-") for n in left) and
           any(n.endswith("-journal") for n in left),
           "a killed run leaves a private database and a journal", left)
    tap.none(found(markers, folder), "no journal and no private database tells a marker")
    # What is looked for is there to be found.
    os.environ["TMPDIR"] = str(base)
    subprocess.run([MEMSEE, "-q", "-o", "csv:plain.csv", "-e", f"read {first}",
                    "select * from obj"], check=True)
    tap.ok(len(found(markers, folder)) > 15, "without --redact values are told")
    os.chdir("/")
    shutil.rmtree(base)
    tap.done()


main()
