#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the documents say is true: their commands run, their lists are complete.

In README.md and the pages of src/manual a block ```sh is run, line by line, in a scratch
directory that holds DUMPS; a block ```text or ```markdown behind it is what it must print,
where a line `…` stands for any lines, and a block ```mermaid a picture in what it printed; a block ```memsee that begins with a comment
`# NAME.memsee` is that script.  In the manual page the literal blocks of EXAMPLES are:
lines that begin with `$ `, or such a script.  A block ```yaml is a job of a CI system: what it
calls memsee for is run as well.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

try:
    import yaml
except ImportError:
    yaml = None

MANUAL = TOP / "src" / "manual" / "memsee.1"
DUMPS = {"before.json.gz": "leaky_py310_0.json.gz", "after.json.gz": "leaky_py310_1.json.gz",
         "later.json.gz": "leaky_py310_2.json.gz", "dump.json": "tiny_py310.json"}


def ask(*args):
    run = subprocess.run([MEMSEE, *args], capture_output=True, text=True)
    return run.stdout.splitlines()


# --- lists ---------------------------------------------------------------------------

def section(name):
    """The lines of a section of the manual page."""
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh |\Z)", text, re.M | re.S)
    return found[1].splitlines() if found else []


def manual_commands():
    """What `.It Ic` names: `.It Ic insert , Ic update` are two."""
    names = set()
    for line in section("COMMANDS"):
        if line.startswith(".It Ic "):
            names.update(re.findall(r"(?:^\.It|,) Ic (\S+)", line))
    return names


def manual_options():
    text = "\n".join(section("DESCRIPTION"))
    return set(re.findall(r"^\.It (?:Fl . , )?Fl -(\S+)", text, re.M))


def lists(tap):
    program = {line.split()[0] for line in ask("--list-commands") if line.strip()}
    tap.none(sorted(program ^ manual_commands()), "the manual page lists the commands")
    said = "\n".join(ask("--help"))
    options = set(re.findall(r"(?:^|\s)--([a-z][a-z-]+)", said))
    tap.none(sorted(options ^ manual_options()), "the manual page lists the options")
    cells = re.findall(r"^\| (`[a-z].*?) \|", readme_section("Commands"), re.M)
    table = {name for cell in cells for name in re.findall(r"`([a-z_]+)\b", cell)}
    tap.none(sorted(program ^ table), "README.md lists the commands")


def readme_section(name):
    text = (TOP / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1] if found else ""


# --- blocks --------------------------------------------------------------------------

def page_blocks(path):
    """(language, text) of the fenced blocks of a Markdown page."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text(encoding="utf-8"),
                      re.M | re.S)


def manual_blocks():
    """The same of the manual page's examples."""
    text = "\n".join(section("EXAMPLES"))
    for block in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", text, re.M | re.S):
        block = block.replace("\\e", "\\").replace("\\(dq", '"').replace("\\&", "")
        if block.startswith("$ "):
            yield "sh", re.sub(r"^\$ ", "", block, flags=re.M)
        else:
            yield "memsee", block


def job_commands(job):
    """The shell texts of a job file, of GitHub (`run`) or GitLab (`script`), in order."""
    if isinstance(job, list):
        for part in job:
            yield from job_commands(part)
    elif isinstance(job, dict):
        for key, part in job.items():
            if key in ("run", "script", "before_script"):
                yield from [part] if isinstance(part, str) else part
            else:
                yield from job_commands(part)


def job_script(text):
    """What of a job file runs here: not its installing, nor the tests of a program that is
    not there."""
    return "\n".join(c for c in job_commands(yaml.safe_load(text)) if c.startswith("memsee "))


def agrees(wanted, found):
    """Whether the text is as wanted, where a line `…` stands for any lines."""
    pattern = re.escape(wanted).replace(re.escape("…\n"), "(?:.*\n)*")
    return re.fullmatch(pattern, found) is not None


# Runs memsee, and notes what it was called with: a word a line, an empty one behind the last.
RECORDER = """#!/bin/sh
for word; do printf '%s\\n' "$word" | tr '\\n' ' ' >>'{calls}'; echo >>'{calls}'; done
echo >>'{calls}'
exec '{program}' "$@"
"""


class Desk:
    """A scratch directory in which a reader tries what a page says."""

    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="memsee-documents-"))
        for name, source in DUMPS.items():
            shutil.copyfile(TOP / "tests" / "data" / source, self.dir / name)
        bin_dir = self.dir / "bin"
        bin_dir.mkdir()
        program = bin_dir / "memsee"
        program.write_text(RECORDER.format(calls=self.dir / "calls", program=MEMSEE))
        program.chmod(0o755)
        self.env = dict(os.environ, PATH=f"{bin_dir}:{os.environ['PATH']}", LC_ALL="C.UTF-8",
                        MEMSEE_REPORTS=str(TOP / "reports"),
                        GITHUB_STEP_SUMMARY=str(self.dir / "summary.md"))
        (self.dir / "reports").symlink_to(TOP / "reports")
        (self.dir / "tests").symlink_to(TOP / "tests")

    def run(self, commands):
        return subprocess.run(["/bin/sh", "-ec", commands], cwd=self.dir, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def commands(self):
        """The commands that ran, a line each: those behind -e, and those of scripts."""
        calls = self.dir / "calls"
        if not calls.exists():
            return
        for call in calls.read_text(encoding="utf-8").split("\n\n"):
            words = [word.strip() for word in call.splitlines()]
            if "-e" in words:
                yield from words[words.index("-e") + 1:]
            for script in (self.dir / word for word in words if word.endswith(".memsee")):
                text = re.sub(r"\n[ \t]+", " ", script.read_text(encoding="utf-8"))
                yield from (line for line in text.splitlines() if not line.startswith("#"))

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def page_problems(blocks, ran):
    """Runs the blocks of one page in order; the commands that ran are added to `ran`."""
    desk, said, run = Desk(), None, None
    try:
        for language, text in blocks:
            script = re.match(r"# ([\w-]+\.memsee)\b", text)
            if language == "memsee" and script:
                (desk.dir / script[1]).write_text(text, encoding="utf-8")
            elif language == "sh" or language == "yaml" and yaml is not None:
                run = desk.run(text if language == "sh" else job_script(text))
                said = run.stdout
                if run.returncode not in (0, 1):
                    yield f"status {run.returncode} of:\n{text}{run.stdout}{run.stderr}"
            elif language in ("text", "markdown") and said is not None:
                if not agrees(text, said):
                    yield f"wanted:\n{text}found:\n{said}"
                said = None
            elif language == "mermaid" and run is not None:
                if f"```mermaid\n{text}```" not in run.stdout:
                    yield f"no such picture:\n{text}in:\n{run.stdout}"
        ran.extend(desk.commands())
    finally:
        desk.close()


def pages(tap):
    ran = []
    found = [TOP / "README.md", *sorted((TOP / "src" / "manual").glob("*.md"))]
    for path in found:
        name = path.relative_to(TOP)
        tap.none(page_problems(page_blocks(path), ran), f"the commands in {name} run")
        text = path.read_text(encoding="utf-8")
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        tap.none([f"{link} is not there" for link in links
                  if not (path.parent / link).exists()], f"the links in {name} lead on")
    tap.none(page_problems(manual_blocks(), ran), "the examples of the manual page run")
    examples(tap, ran)


# --- examples ------------------------------------------------------------------------

# The manual's parts whose commands are shown with each of their clauses.
GRAPH = ("What keeps a heap alive", "Paths", "Why objects are alive", "What owns how much",
         "Cycles")


def graph_commands():
    """The commands of these parts."""
    parts = re.split(r"^\.Ss (.*)\n", "\n".join(section("COMMANDS")), flags=re.M)
    texts = dict(zip(parts[1::2], parts[2::2]))
    for title in GRAPH:
        yield from sorted(set(re.findall(r"^\.It Ic (\S+)", texts[title], re.M)))


def graph_tables():
    """What the manual says is there in SQL."""
    text = "\n".join(section("GRAPH"))
    yield from (f"{name}(" for line in re.findall(r"^\.It (Fn .*)", text, re.M)
                for name in re.findall(r"Fn (\w+)", line))
    yield from re.findall(r"^(?:\.It )?\.?Va ([a-z]\w+)(?: Ns \(|$)", text, re.M)


def examples(tap, ran):
    """Every command is shown by an example that was run, those about the graph with every
    clause, and so is all that the graph is in SQL."""
    program = {line.split()[0] for line in ask("--list-commands") if line.strip()}
    shown = {}
    for line in ran:
        shown.setdefault(line.split(" ")[0], []).append(line)
    tap.none(sorted(program - set(shown)), "every command is shown by an example")
    missing = []
    for name in graph_commands():
        usage = " ".join(ask("-q", "-e", f"help {name}")).split(" - ")[0].strip("`")
        text = " ".join(re.sub(r'"[^"]*"', " ", line) for line in shown.get(name, []))
        missing += [f"{name} … {clause} …" for clause in re.findall(r"\b[a-z_]+\b", usage)
                    if clause not in text.split()]
    tap.none(missing, "every clause of a command about the graph is shown")
    every = " ".join(ran)
    tap.none([name for name in graph_tables() if name not in every],
             "every table of the graph in SQL is shown")


# --- the rest ------------------------------------------------------------------------

def manual_lint(tap):
    name = "mandoc has nothing to say about the manual page"
    if shutil.which("mandoc") is None:
        tap.skip(name, "mandoc not installed")
        return
    run = subprocess.run(["mandoc", "-Tlint", "-Wwarning", MANUAL], capture_output=True,
                         text=True)
    # What the machine's own index of manual pages lacks is not the page's affair.
    tap.none([line for line in run.stdout.splitlines() if "missing" not in line], name)


def completed(line):
    """What bash offers at the end of a command line."""
    words = line.split(" ")
    script = f"""
        . '{TOP}/src/completion/memsee.bash'
        COMP_WORDS=({' '.join(f"'{w}'" for w in words)}); COMP_CWORD={len(words) - 1}
        _memsee '{words[0]}'; printf '%s\\n' "${{COMPREPLY[@]}}" """
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    return set(run.stdout.split())


def completion(tap):
    name = "bash completes "
    if shutil.which("bash") is None:
        tap.skip(name, "bash not installed")
        return
    commands = {line.split()[0] for line in ask("--list-commands") if line.strip()}
    tap.none(sorted(commands - completed(f"{MEMSEE} -e ")), name + "commands")
    tap.ok(completed(f"{MEMSEE} --list-r") == {"--list-reports"}, name + "options")
    reports = {p.stem for p in (TOP / "reports").glob("*.memsee")}
    os.environ["MEMSEE_REPORTS"] = str(TOP / "reports")
    tap.none(sorted(reports - completed(f"{MEMSEE} ")), name + "reports")


def main():
    tap = Tap()
    lists(tap)
    manual_lint(tap)
    completion(tap)
    pages(tap)
    tap.done()


if __name__ == "__main__":
    main()
