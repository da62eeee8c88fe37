#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `read` puts into the database is what the dumped process knew, and what the original
tool made of the same dumps; other programs read and write that database."""
import ast
import gzip
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
COLUMNS = "address, type, name, value, size, len, mark, repr"


def read(folder, dump, name="x.db"):
    """The database that `read` makes of a dump."""
    path = pathlib.Path(folder) / name
    path.unlink(missing_ok=True)
    run = subprocess.run([MEMSEE, "-q", "-d", str(path), "-e", f"read {dump}"],
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return path


def connect(path):
    return sqlite3.connect(path)  # decodes text as strict UTF-8


def repaired(text):
    """Surrogate pairs joined, unpaired ones replaced: what UTF-8 can hold."""
    if not isinstance(text, str):
        return text
    pair = re.compile("[\ud800-\udbff][\udc00-\udfff]")
    text = pair.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def literal(text):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None


def truth_value(entry):
    """The object itself, out of its twice quoted form, which may have been cut, in the
    middle of an escape too; None when it is no literal."""
    quoted = entry["ascii"]
    quote = "'" if "\\'" in quoted else '"'
    for cut in range(24):
        shown = literal(quote + quoted[:len(quoted) - cut] + quote)
        if shown is None or shown.startswith("<"):
            continue
        value = literal(shown.rstrip("L"))
        if value is None and shown.lstrip("ub")[:1] in ("'", '"'):
            value = literal(shown + shown.lstrip("ub")[0])
        if value is not None:
            return value.decode("latin-1") if isinstance(value, bytes) else value
    return None


def check_truth(db, entries):
    """Compares values with what the process printed; yields what differs."""
    compared = 0
    for entry in entries:
        wanted = truth_value(entry)
        if (entry["python_type"].strip("'") not in ("str", "unicode", "bytes", "int", "long")
                or wanted is None):
            continue
        compared += 1
        value, = db.execute("select value from obj where address = ?",
                            (entry["address"],)).fetchone()
        if isinstance(wanted, int):
            # Beyond 64 bits, and for 2.7 beyond a plain int, there is no value.
            same = value == str(wanted) if -2**63 <= wanted < 2**63 else value is None
        else:
            wanted = repaired(wanted[:100])  # meliae's limit
            same = value == wanted or len(entry["ascii"]) > 200 and value.startswith(wanted)
        if not same:
            yield f"{entry['label']}: {value!r}, not {wanted!r}"
    if compared < 80:
        yield f"only {compared} values were compared"


def recorded_rows(name):
    """The rows of `obj` that the original made, from a recording."""
    with open(DATA / "original" / f"{name}.json", encoding="utf-8") as f:
        steps = json.load(f)["steps"]
    for step in steps:
        if step["cmd"] == f"select {COLUMNS} from obj order by rowid":
            return [tuple(row) for row in step["results"][0]["rows"]]
    raise LookupError(f"no rows of `obj` are recorded in {name}.json")


def check_rows(tap, folder, name):
    recorded = recorded_rows(name)
    db = connect(read(folder, DATA / f"{name}.json"))
    ours = db.execute(f"select {COLUMNS} from obj order by address").fetchall()
    wanted = sorted(tuple(repaired(cell) for cell in row) for row in recorded)
    tap.none((f"{o!r}, not {w!r}" for o, w in zip(ours, wanted) if o != w),
             f"{name}: rows are the original's")
    db.close()


def check_packings(tap, folder):
    """One dump, whatever it is packed by, is one database."""
    plain = DATA / "strings_py310.json"
    wanted = read(folder, plain).read_bytes()
    packed = pathlib.Path(folder) / "strings_py310.json.gz"
    with gzip.open(packed, "wb") as f:
        f.write(plain.read_bytes())
    tap.ok(read(folder, packed).read_bytes() == wanted, "gzip makes the same database")
    if shutil.which("zstd") is None:
        tap.skip("zstd makes the same database", "no zstd")
        return
    packed = pathlib.Path(folder) / "strings_py310.json.zst"
    subprocess.run(["zstd", "-q", "-f", str(plain), "-o", str(packed)], check=True)
    tap.ok(read(folder, packed).read_bytes() == wanted, "zstd makes the same database")


def check_writing(tap, folder):
    """Another program writes to the database and it stays sound."""
    db = connect(read(folder, DATA / "leaky_py310_0.json.gz"))
    db.execute("delete from obj where address % 3 = 0")
    db.execute("update obj set value = value || hex(zeroblob(3000)) where address % 7 = 0")
    db.execute("insert into ref select child, parent from ref where parent % 5 = 0")
    db.execute("insert into obj (type) select type from obj limit 1000")
    db.execute("create index by_type on obj (type)")
    db.commit()
    tap.ok(db.execute("pragma integrity_check").fetchall() == [("ok",)],
           "the database is sound after others wrote to it")
    db.execute("vacuum")
    tap.ok(db.execute("pragma integrity_check").fetchall() == [("ok",)],
           "and after a vacuum")
    db.close()


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("strings_py27", "strings_py310"):
            db = connect(read(folder, DATA / f"{name}.json"))
            with open(DATA / f"truth_{name}.json", encoding="utf-8") as f:
                tap.none(check_truth(db, json.load(f)), f"{name}: values are the process's")
            db.close()
            check_rows(tap, folder, name)
        check_packings(tap, folder)
        check_writing(tap, folder)
    tap.done()


main()
