#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scripts that were typed into the original tool give the same rows here.

Each recording (tests/data/original/*.json) holds a script, and for each command what the
original printed, the rows of its results and whether it crashed.  The script runs here as
it is, but for TYPED below; the rows and numbers of its results, the grids of its selects
and what it refused are compared, but for DIFFERENT below.

    replay.py [--dumps FOLDER] [RECORDING.json]...
"""
import argparse
import ast
import json
import pathlib
import re
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

# What is typed otherwise here: the roots of the original have to be asked for, and so has
# a collection that deletes most of a heap.
TYPED = [
    (r"read \S+\.json$", "{0}\nroots original"),
    (r"(continue_)?gc$", "{0} force"),
]

# Where the answer differs: the command, what the original printed, how many results more
# there are here, and why.
DIFFERENT = [
    (r"help|\?|EOF", "", 0, "commands of a prompt; `help` lists the commands here"),
    (r"select .*\b(temp_path|tmp_)", "", -1,
     "the original leaves its scratch tables behind: here the rows are in #R"),
    (r"path ", r"Added 0 paths", 1, "where there is no path the original never stops"),
    (r"select .*\bobj\d", "no such table", 1, "objN is generation N, current or not"),
    (r"select .*\w&\d", "SQL error", 1, "`&` between two operands is SQL's operator"),
    (r"select .*'[^']*\$[^']*'", r"\*\*\*", 1, "nothing is substituted inside strings"),
    (r"select .*'[^']*[&^]", "", 0, "nothing is substituted inside strings"),
    (r"(parents|info) #", "Need an address", 0, "#R.N may stand for an address"),
    (r"echo", "select child", 0, "echo shows the SQL, which is written otherwise"),
    (r"echo \$keep", "", 0, "a restored database brings its own names back"),
    (r"set$", r"\nkeep  ", 0, "a restored database brings its own names back"),
    (r"select .*\bhex\(value", "", 0, "unpaired surrogates became U+FFFD"),
    (r"gen \S+ \S+", "", 0, "a word too many is refused"),
    (r"(shell|!)\s*$", "", 0, "a statement that is missing is refused"),
    (r"select \d+$", "Need an open", 1, "a temporary database is there at once"),
    (r"gen$|set$", "Need an open", 0, "a temporary database is there at once"),
]

REFUSED = re.compile(r"\*\*\*? |I don't understand|Need |This isn't|Syntax: |No backed up"
                     r"|DB already")


def repaired(value):
    """Surrogate pairs joined, unpaired ones replaced: what UTF-8 can hold."""
    if isinstance(value, str):
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return round(value, 6) if isinstance(value, float) else value


def rows_of(rows):
    return [tuple(repaired(cell) for cell in row) for row in rows]


def ordered(sql):
    """Does the query itself order its rows?  Nothing in parentheses counts."""
    while "(" in sql:
        inner = re.sub(r"\([^()]*\)", "", sql)
        if inner == sql:
            break
        sql = inner
    return re.search(r"\border by\b", sql) is not None and "rowid" not in sql


class Replay:
    """A recorded script, run here: the rows, lines and errors of each command."""

    def __init__(self, recording, folder, dumps):
        self.steps = recording["steps"]
        self.folder = pathlib.Path(folder)
        self.lines = {}
        script = []
        shift = emitted = 0
        for step in self.steps:
            n, typed = step["n"], step["cmd"].strip()
            # Labels count on here where `create` and `open` began again, and with what
            # the original refused.
            if re.match("(create|open) ", typed):
                shift = emitted
            typed = re.sub(r"#(\d+)(?=\.)", lambda m: f"#{int(m[1]) + shift}", typed)
            step["shift"] = shift
            difference = known(step)
            shift += difference[2] if difference else 0
            for result in step.get("results", []):
                emitted = result["index"] + 1 + shift
            if difference and difference[2] > 0:
                emitted += difference[2]
            script += [f"text @@{n}@@", f"output step{n}.json"]
            for pattern, other in TYPED:
                if re.match(pattern, typed) and "crash" not in step:
                    typed = other.format(typed)
            for line in typed.split("\n"):
                script.append(line)
                self.lines[len(script)] = n
            name = typed.split("\n")[0].removeprefix("read ").strip()
            self.provide(name, dumps)
        script.append("")
        (self.folder / "replay.memsee").write_text("\n".join(script))
        self.run()

    def provide(self, name, dumps):
        here = self.folder / name
        if not re.fullmatch(r"\w+\.json", name) or here.is_symlink():
            return
        for path in (dumps / name, dumps / (name + ".gz")):
            if path.exists():
                here.symlink_to(path)

    def run(self):
        self.child = subprocess.run(
            [MEMSEE, "-q", "--keep-going", "-o", "text:all.txt", "replay.memsee"],
            cwd=self.folder, capture_output=True, timeout=600)
        self.errors = {}
        for line in self.child.stderr.decode(errors="replace").splitlines():
            place = re.match(r"replay\.memsee:(\d+):(?:\d+:)? (.*)", line)
            if place and int(place[1]) in self.lines:
                self.errors.setdefault(self.lines[int(place[1])], []).append(place[2])
        text = (self.folder / "all.txt").read_text(errors="replace")
        parts = re.split(r"\n*@@(\d+)@@\n+", text)
        self.text = dict(zip(map(int, parts[1::2]), parts[2::2]))

    def results(self, n):
        """[(number, names, rows)] of a command; number None for one without."""
        found = []
        path = self.folder / f"step{n}.json"
        for line in path.read_text().splitlines() if path.exists() else []:
            pairs = json.loads(line, object_pairs_hook=list)
            number = None
            if pairs and pairs[0][0] == "#":
                number = int(pairs.pop(0)[1][1:].split(".")[0])
            names = [name for name, _ in pairs]
            if not found or number is None or found[-1][0] != number:
                found.append((number, names, []))
            found[-1][2].append(tuple(repaired(cell) for _, cell in pairs))
        return found


def tuples(text):
    """The Python tuples that the original printed, one a line."""
    return [tuple(repaired(c) for c in ast.literal_eval(line))
            for line in text.splitlines() if line.startswith("(")]


def check_rows(step, replay, problems):
    """The rows of the results that take a number; empty ones leave nothing in JSON."""
    mine = [r for r in replay.results(step["n"]) if r[0] is not None]
    wanted = [r for r in step.get("results", []) if r["rows"]]
    if len(mine) != len(wanted):
        problems.append(f"{len(mine)} results with rows, wanted {len(wanted)}")
    for (_, names, rows), other in zip(mine, wanted):
        theirs = rows_of(other["rows"])
        if step["cmd"].startswith("path"):
            # Of several shortest paths the original shows any.
            if len(rows) != len(theirs):
                problems.append(f"a path of {len(rows)}, wanted {len(theirs)}")
            fixed = re.findall(r"(from|to) \"address = (\d+)\"", step["cmd"])
            for end, address in fixed:
                row = rows[0] if end == "from" else rows[-1]
                if row[0] != int(address):
                    problems.append(f"path {end} {row[0]}, wanted {address}")
            continue
        # JSON tells columns of one name apart.
        if [re.sub(r"_\d+$", "", name) for name in names] != other["names"]:
            problems.append(f"columns {names}, wanted {other['names']}")
        if not (ordered(step["cmd"]) or step["cmd"].startswith("ancestor_types")):
            rows, theirs = sorted(rows, key=repr), sorted(theirs, key=repr)
        if rows != theirs:
            first = next((pair for pair in zip(rows, theirs) if pair[0] != pair[1]), "")
            problems.append(f"{len(rows)} rows, wanted {len(theirs)}: {str(first)[:300]}")


def check_shown(step, replay, problems):
    """What takes no number: info, parents, stats, echo, gen, set."""
    command = step["cmd"].split()[0]
    text = replay.text.get(step["n"], "")
    if command in ("info", "parents"):
        mine = [row for _, _, rows in replay.results(step["n"]) for row in rows]
        width = 8 if command == "info" else 6
        wanted = [row[:width] for row in tuples(step["stdout"])]
        if sorted(mine, key=repr) != sorted(wanted, key=repr):
            problems.append(f"{mine[:3]}, wanted {wanted[:3]}")
    elif step["cmd"] == "set":
        mine = [row for _, _, rows in replay.results(step["n"]) for row in rows]
        mine = [f"{name:15} {value[:30]:30}".rstrip() for name, value in mine]
        wanted = [line.rstrip() for line in step["stdout"].splitlines()[2:]]
        if mine != wanted:
            problems.append(f"{mine}, wanted {wanted}")
    elif command in ("stats", "echo") or step["cmd"] == "gen":
        wanted = step["stdout"].replace("None total", "0 total").strip()
        if text.strip() != wanted:
            problems.append(f"{text.strip()!r}, wanted {wanted!r}")


def check_grid(step, replay, problems):
    """The grid of a select with an order of its own, as the original printed it, but that
    a cut cell says so, and that numbers are not cut but have a wider column."""
    if not re.match("select ", step["cmd"]) or not ordered(step["cmd"]):
        return
    mine = replay.text.get(step["n"], "").strip("\n").split("\n")
    wanted = repaired(step["stdout"]).strip("\n").split("\n")
    if len(mine) > 1 and len(mine[1]) > len(wanted[1]):
        return
    for line, other in zip(mine, wanted):
        if re.search(r"[\x00-\x1f\x7f-\x9f]", other):
            continue  # raw there, escaped here
        label = re.match(r"#(\d+)(\.\d+)", other)
        if label:
            shifted = f"#{int(label[1]) + step['shift']}{label[2]}"
            other = shifted.ljust(8) + other[max(8, label.end()):]
        pattern = re.escape(line.rstrip()).replace("…", ".")
        if not re.fullmatch(pattern, other.rstrip()):
            problems.append(f"the grid: {line!r}, wanted {other!r}")
            return


def known(step):
    """The row of DIFFERENT that speaks of this command, or None."""
    for row in DIFFERENT:
        if re.match(row[0], step["cmd"].strip()) and re.search(row[1], step["stdout"]):
            return row
    return None


def compare(step, replay):
    """What is not as recorded, a line each."""
    problems = []
    errors = replay.errors.get(step["n"], [])
    if "crash" in step:
        if len(errors) > 1 or (not errors and not step["cmd"].startswith("read")
                               and not step["cmd"].startswith("path")):
            problems.append(f"a crash became {errors}")
    elif REFUSED.match(step["stdout"]):
        if len(errors) != 1:
            problems.append(f"refused there ({step['stdout'].strip()}), here {errors}")
    elif errors:
        problems += errors
    else:
        check_rows(step, replay, problems)
        check_shown(step, replay, problems)
        check_grid(step, replay, problems)
    numbers = [r[0] for r in replay.results(step["n"]) if r[0] is not None]
    wanted = [r["index"] + step["shift"] for r in step.get("results", []) if r["rows"]]
    if not problems and wanted and numbers != wanted:
        problems.append(f"numbered {numbers}, wanted {wanted}")
    return problems


def replay_one(tap, path, dumps):
    recording = json.loads(path.read_text())
    with tempfile.TemporaryDirectory(prefix="memsee-replay-") as folder:
        replay = Replay(recording, folder, dumps)
        wrong, count = [], 0
        for step in replay.steps:
            if known(step) is None:
                count += 1
                wrong += [f"{step['cmd'][:100]}: {p}" for p in compare(step, replay)]
            if "crash" in step and step["cmd"].startswith("read"):
                break  # the original was killed: what follows is about a part of a dump
        if replay.child.returncode < 0:
            wrong.append(f"killed by signal {-replay.child.returncode}")
        tap.none(wrong, f"{path.stem}: {count} commands answer as recorded")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dumps", type=pathlib.Path, default=TOP / "tests" / "data")
    parser.add_argument("recording", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    paths = arguments.recording or sorted((TOP / "tests/data/original").glob("*.json"))
    tap = Tap()
    for path in paths:
        replay_one(tap, path, arguments.dumps.resolve())
    tap.done()


if __name__ == "__main__":
    main()
