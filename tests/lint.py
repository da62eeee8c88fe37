#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the house that a machine can read: layers, style, completeness."""
import fnmatch
import re
import shutil
import subprocess

from tap import TOP, Tap

# Each may include itself and what stands after it.
LAYERS = ("program", "expect", "verbs", "answers", "session", "output", "picture", "leaks",
          "compare", "language", "explain", "paths", "graph", "result", "load", "attach",
          "cpython", "foreign", "dump", "store", "pages", "base")
# Who may know a library: a pattern of paths under src.
LIBRARIES = {
    "sqlite3.h": r"store/",
    "yajl/": r"(dump|foreign)/[^/]*\.[ch]$",
    "csv.h": r"(output/writer_csv|result/csv_table)\.c$",
    "zlib.h": r"base/stream[^/]*\.c$",
    "zstd.h": r"base/stream[^/]*\.c$",
}
LONGEST_FUNCTION = 100
LONGEST_FILE = 700
LARGEST_ROOM = (40, 6000)  # files, lines


def sources(*folders):
    found = [p for f in folders for p in (TOP / f).rglob("*.[ch]")]
    return sorted(p.relative_to(TOP) for p in found)


def text(path):
    return (TOP / path).read_text(encoding="utf-8")


def upward_includes():
    for path in sources("src"):
        layer = path.parts[1]
        if layer not in LAYERS:
            yield f"{path}: '{layer}' is no layer"
            continue
        below = LAYERS[LAYERS.index(layer):]
        for number, line in enumerate(text(path).splitlines(), 1):
            include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if include and include[1].split("/")[0] not in below:
                yield f"{path}:{number}: {layer} includes \"{include[1]}\""
            if include and not (TOP / "src" / include[1]).is_file():
                yield f"{path}:{number}: no file src/{include[1]}"


def libraries_elsewhere():
    for path in sources("src"):
        for number, line in enumerate(text(path).splitlines(), 1):
            include = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
            for library, where in LIBRARIES.items():
                if include and include[1].startswith(library) and not re.match(
                        where, path.relative_to("src").as_posix()):
                    yield f"{path}:{number}: <{include[1]}> belongs to {where}"


def writers_of_their_own():
    """What makes or replaces files anywhere but in outfile, which asks base/places first."""
    known = {
        "src/base/outfile.c", "src/store/backup.c", "src/store/db_connection.c",
        "src/store/bulk.c",  # the database that is open
    }
    makes = re.compile(r"\b(rename|renameat2?|mkstemp|mkostemp|creat|link|linkat|symlink|"
                       r"truncate|ftruncate)\(|O_CREAT|O_TRUNC|\bfopen\([^)]*\"[wa]")
    for path in sources("src"):
        name = str(path)
        if name in known:
            continue
        for number, line in enumerate(text(path).splitlines(), 1):
            if makes.search(line):
                yield f"{name}:{number}: {line.strip()}"


def long_functions():
    for path in sources("src"):
        start = None
        for number, line in enumerate(text(path).splitlines(), 1):
            if line == "{":
                start = number
            elif line == "}" and start:
                if number - start - 1 > LONGEST_FUNCTION:
                    yield f"{path}:{start}: a function of {number - start - 1} lines"
                start = None


def large_files_and_rooms():
    rooms = {}
    for path in sources("src"):
        lines = len(text(path).splitlines())
        rooms.setdefault(path.parts[1], []).append(lines)
        if lines > LONGEST_FILE:
            yield f"{path}: {lines} lines"
    for room, files in sorted(rooms.items()):
        if len(files) > LARGEST_ROOM[0] or sum(files) > LARGEST_ROOM[1]:
            yield f"src/{room}: {len(files)} files of {sum(files)} lines"


def not_built():
    """A test program's line in Makefile.am names it without its suffix."""
    listed = set(re.findall(r"[\w./-]+", text("Makefile.am")))
    for path in sources("src"):
        if path.as_posix() not in listed:
            yield f"{path} is not in Makefile.am"
    for path in sources("tests"):
        names = {path.as_posix(), path.with_suffix("").as_posix()}
        if path.suffix == ".c" and not names & listed:
            yield f"{path} is not in Makefile.am"


def without_licence():
    scripts = [p.relative_to(TOP) for p in (TOP / "tests").glob("*.py")]
    scripts += [p.relative_to(TOP) for p in (TOP / ".ci").glob("*")]
    for path in sources("src", "tests") + sorted(scripts):
        if not re.match(r"(#!.*\n)?\W*SPDX-License-Identifier: MIT\b", text(path)):
            yield f"{path}: the first line is no SPDX licence identifier"


def unfinished():
    for path in sources("src", "tests"):
        for number, line in enumerate(text(path).splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b(?!XXX)", line) and "XXXXXX" not in line:
                yield f"{path}:{number}: {line.strip()}"


def unguarded_headers():
    for path in sources("src"):
        guard = "MEMSEE_" + re.sub(r"\W", "_", "/".join(path.parts[1:])).upper()
        if path.suffix == ".h" and f"#ifndef {guard}\n#define {guard}\n" not in text(path):
            yield f"{path}: the guard is not {guard}"


def unmapped():
    """Every file of src is named in src/README.md: `room/name` or a pattern of names."""
    guide = text("src/README.md")
    names = re.findall(r"`([a-z]+/[a-z0-9_*]+)`", guide)
    modules = {p.relative_to("src").with_suffix("").as_posix() for p in sources("src")}
    for module in sorted(modules):
        if not any(fnmatch.fnmatchcase(module, name) for name in names):
            yield f"src/{module}.* is not in src/README.md"
    for name in re.findall(r"^\| `([a-z]+/[a-z0-9_*]+)`", guide, re.MULTILINE):
        if not fnmatch.filter(modules, name):
            yield f"src/README.md names `{name}`, which is not there"
        if guide.count(f"\n| `{name}` |") > 1:
            yield f"src/README.md names `{name}` twice"


def formatter():
    """clang-format 14: others lay out some lines differently."""
    for name in ("clang-format-14", "clang-format"):
        if shutil.which(name):
            version = subprocess.run([name, "--version"], capture_output=True, text=True)
            if "version 14." in version.stdout:
                return name
    return None


def unformatted(program):
    run = subprocess.run([program, "--dry-run", "-Werror", *sources("src", "tests")],
                         cwd=TOP, capture_output=True, text=True)
    return [line for line in run.stderr.splitlines() if "error:" in line]


def main():
    tap = Tap()
    tap.none(upward_includes(), "layers include downward only")
    tap.none(libraries_elsewhere(), "each library is known to its own file")
    tap.none(writers_of_their_own(), "what makes files asks which may be written")
    tap.none(long_functions(), f"functions have at most {LONGEST_FUNCTION} lines")
    tap.none(large_files_and_rooms(), f"files have at most {LONGEST_FILE} lines, and rooms "
             f"{LARGEST_ROOM[0]} files and {LARGEST_ROOM[1]} lines")
    tap.none(not_built(), "every source is in Makefile.am")
    tap.none(without_licence(), "every source begins with its licence")
    tap.none(unfinished(), "nothing is marked as unfinished")
    tap.none(unguarded_headers(), "headers are guarded by their path")
    tap.none(unmapped(), "every source is on the map in src/README.md")
    program = formatter()
    if program:
        tap.none(unformatted(program), "clang-format has nothing to change")
    else:
        tap.skip("clang-format has nothing to change", "no clang-format 14")
    tap.done()


if __name__ == "__main__":
    main()
