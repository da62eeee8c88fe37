#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the cases in tests/cases and reports them in TAP.

A case is one file, tests/cases/AREA/CLAIM.t: a sentence that says why, then sections.

    --- needs PROGRAM...      skipped where one of them is not installed
    --- unless WORD...        not for a run under: valgrind, sanitizers
    --- use DATA [as NAME]    a file of tests/data is copied into the scratch directory;
                              more of them may follow, one a line
    --- file NAME             a file with this text is put there
    --- cmd                   shell lines, run there; what follows is what must come of it
    --- stdout                \\
    --- stderr                 > one that is missing must be empty
    --- want NAME             the text of a file that the command must leave
    --- status N              the exit status, 0 when missing

`cmd` and what follows it may be repeated: the steps share the scratch directory, which is
$DIR in the environment and in what is compared.  In what is compared control characters
appear as their pictures, invalid UTF-8 as \\xNN, and a text without a last newline ends
in a line `\\ no newline`.  A command that leaves something in $TMPDIR fails.
"""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent
HEADER = re.compile(r"--- (needs|unless|use|file|cmd|stdout|stderr|want|status)(?: (.*))?$")
EXPECTATIONS = ("stdout", "stderr", "want", "status")
NO_NEWLINE = "\\ no newline\n"
VALGRIND = "valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite"
# What a child keeps of the environment; everything else is pinned or gone.
KEPT = ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE")


class Malformed(Exception):
    pass


class Section:
    def __init__(self, word, argument, text=""):
        self.word, self.argument, self.text = word, argument, text

    def __str__(self):
        head = f"--- {self.word} {self.argument}".rstrip()
        return f"{head}\n{self.text}"


class Case:
    """A file of tests/cases: its first sentence and its sections."""

    def __init__(self, root, path):
        self.path = path
        self.name = path.relative_to(root).with_suffix("").as_posix()
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines(True)
        self.why, self.sections = "", []
        for line in lines:
            head = HEADER.match(line.rstrip("\n"))
            if head:
                self.sections.append(Section(head[1], (head[2] or "").strip()))
            elif self.sections:
                self.sections[-1].text += line
            else:
                self.why += line
        if not self.why.strip():
            raise Malformed("the first line must say why the case is there")
        if not any(s.word == "cmd" for s in self.sections):
            raise Malformed("no '--- cmd'")

    def words(self, word):
        return [w for s in self.sections if s.word == word for w in s.argument.split()]

    def write(self):
        text = self.why + "".join(str(s) for s in self.sections)
        self.path.write_text(text, encoding="utf-8", errors="surrogateescape")


def shown(data, scratch):
    """Bytes as they stand in a case file."""
    text = data.decode("utf-8", errors="backslashreplace").replace(str(scratch), "$DIR")
    pictures = {c: chr(0x2400 + c) for c in range(32) if chr(c) not in "\n\t"}
    text = text.translate({**pictures, 127: "\u2421"})
    return text if text == "" or text.endswith("\n") else text + "\n" + NO_NEWLINE


def difference(title, want, got):
    lines = difflib.unified_diff(want.splitlines(), got.splitlines(),
                                 f"{title} wanted", f"{title} found", lineterm="")
    return "\n".join(lines)


class Run:
    """One case in its scratch directory."""

    def __init__(self, case, options):
        self.case, self.options = case, options
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="memsee-case-"))
        self.dir = self.base / "dir"
        self.problems = []
        for name in ("dir", "home", "tmp", "bin", "log"):
            (self.base / name).mkdir()
        self.put_program()

    def put_program(self):
        wrap = f"{VALGRIND} --log-file={self.base}/log/%p " if self.options.valgrind else ""
        program = self.base / "bin" / "memsee"
        program.write_text(f'#!/bin/sh\nexec {wrap}"{self.options.program}" "$@"\n')
        program.chmod(0o755)
        if not wrap:
            program.unlink()
            program.symlink_to(self.options.program)

    def environment(self):
        env = {k: os.environ[k] for k in KEPT if k in os.environ}
        env.update(PATH=f"{self.base}/bin:{env['PATH']}", HOME=f"{self.base}/home",
                   TMPDIR=f"{self.base}/tmp", DIR=str(self.dir), LC_ALL="C.UTF-8", TZ="UTC",
                   MEMSEE_REPORTS=str(TESTS.parent / "reports"))
        return env

    def shell(self, command):
        child = subprocess.Popen(["/bin/sh", "-c", command], cwd=self.dir,
                                 env=self.environment(), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 start_new_session=True)
        try:
            out, err = child.communicate(timeout=self.options.timeout)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            out, err = child.communicate()
            self.problems.append(f"still running after {self.options.timeout} s: killed")
        status = child.returncode if child.returncode >= 0 else 128 - child.returncode
        return {"stdout": shown(out, self.dir), "stderr": shown(err, self.dir),
                "status": status}

    def use(self, section):
        for line in [section.argument] + section.text.splitlines():
            if not line.strip():
                continue
            source, _, name = line.strip().partition(" as ")
            shutil.copyfile(TESTS / "data" / source,
                            self.dir / (name or pathlib.Path(source).name))

    def left(self, name):
        path = self.dir / name
        return shown(path.read_bytes(), self.dir) if path.is_file() else None

    def step(self, command, expected):
        """Runs one command; what came of it as sections."""
        got = self.shell(command.text)
        for word in ("stdout", "stderr"):
            want = "".join(s.text for s in expected if s.word == word)
            if want != got[word]:
                self.problems.append(difference(word, want, got[word]))
        status = next((int(s.argument) for s in expected if s.word == "status"), 0)
        if status != got["status"]:
            self.problems.append(f"status {status} wanted, {got['status']} found")
        found = [Section(w, "", got[w]) for w in ("stdout", "stderr") if got[w]]
        for want in (s for s in expected if s.word == "want"):
            text = self.left(want.argument)
            if text is None:
                self.problems.append(f"left no file '{want.argument}'")
                text = want.text
            elif text != want.text:
                self.problems.append(difference(want.argument, want.text, text))
            found.append(Section("want", want.argument, text))
        if got["status"] != 0:
            found.append(Section("status", str(got["status"])))
        return found

    def inspect(self):
        """What no command may leave behind."""
        rest = sorted(p.name for p in (self.base / "tmp").iterdir())
        if rest:
            self.problems.append(f"left in $TMPDIR: {' '.join(rest)}")
        for log in sorted((self.base / "log").iterdir()):
            if log.stat().st_size:
                self.problems.append(log.read_text(errors="replace"))

    def run(self):
        """The sections as they are now; problems are in self.problems."""
        sections, rest = [], list(self.case.sections)
        while rest:
            section = rest.pop(0)
            if section.word in EXPECTATIONS:
                raise Malformed(f"'--- {section.word}' before '--- cmd'")
            sections.append(section)
            if section.word == "use":
                self.use(section)
            elif section.word == "file":
                path = self.dir / section.argument
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(section.text, encoding="utf-8", errors="surrogateescape")
            elif section.word == "cmd":
                expected = []
                while rest and rest[0].word in EXPECTATIONS:
                    expected.append(rest.pop(0))
                sections += self.step(section, expected)
        self.inspect()
        return sections

    def close(self):
        shutil.rmtree(self.base, ignore_errors=True)


def large(case):
    """Whether reading what the case uses takes valgrind minutes."""
    used = [s for s in case.sections if s.word == "use"]
    names = [line.split(" as ")[0].strip()
             for s in used for line in [s.argument] + s.text.splitlines()]
    return any((TESTS / "data" / n).stat().st_size > 100_000 for n in names if n)


def left_out(case, options):
    """Whether this run is not meant for the case: another run of the same tests has it."""
    here = {"valgrind": options.valgrind,
            "sanitizers": os.environ.get("MEMSEE_SANITIZERS") == "yes"}
    return (any(here[word] for word in case.words("unless"))
            or (options.valgrind and not options.names and large(case)))


def run_case(name, case, options):
    """(name, reason to skip or None, problems); `case` may be what is wrong with its file."""
    run = None
    try:
        if isinstance(case, Exception):
            raise case
        missing = [p for p in case.words("needs") if shutil.which(p) is None]
        if missing:
            return name, f"{' '.join(missing)} not installed", []
        run = Run(case, options)
        sections = run.run()
        if options.bless and run.problems:
            case.sections = sections
            case.write()
        return name, None, run.problems
    except (Malformed, OSError, ValueError, KeyError) as problem:
        return name, None, [f"{name}: {problem}"]
    finally:
        if run:
            run.close()


def chosen(options):
    """([(name, case)], how many were left out), in the order of their names"""
    cases, out = [], 0
    for path in sorted(options.cases.glob("**/*.t")):
        if options.names and not any(n in str(path) for n in options.names):
            continue
        name = path.relative_to(options.cases).with_suffix("").as_posix()
        try:
            case = Case(options.cases, path)
            if left_out(case, options):
                out += 1
                continue
        except (Malformed, OSError, ValueError, KeyError) as problem:
            case = problem
        cases.append((name, case))
    return cases, out


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="run cases whose path holds this")
    parser.add_argument("--program", default=os.environ.get("MEMSEE", "./memsee"),
                        help="the memsee to test ($MEMSEE, else ./memsee)")
    parser.add_argument("--cases", type=pathlib.Path, default=TESTS / "cases")
    parser.add_argument("--bless", action="store_true",
                        help="rewrite the expectations to what happens now")
    parser.add_argument("--valgrind", action="store_true", help="run memsee under valgrind")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--timeout", type=int, default=0, help="seconds a command may take")
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    options.cases = options.cases.resolve()
    options.timeout = options.timeout or (600 if options.valgrind else 240)
    if not os.access(options.program, os.X_OK):
        print(f"Bail out! no program {options.program}")
        return 2
    (cases, out), failed = chosen(options), 0
    print(f"1..{len(cases)}" + ("" if cases else " # SKIP no case"), flush=True)
    if out:
        print(f"# {out} left to the run without sanitizers and valgrind: it takes minutes "
              "here, or tests what is not there", flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda one: run_case(*one, options), cases)
        for number, (name, skip, problems) in enumerate(results, 1):
            failed += bool(problems)
            print(f"{'not ok' if problems else 'ok'} {number} - {name}"
                  + (f" # SKIP {skip}" if skip else ""), flush=True)
            if problems and options.bless:
                print("# blessed: see the diff", flush=True)
                continue
            for problem in problems:
                print("# " + problem.replace("\n", "\n# "), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
