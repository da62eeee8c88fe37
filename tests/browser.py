#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Pages as a browser has them: every report, on dumps of every kind, in Chromium.

No page says anything on the console, asks for anything, or is wider than its window, on a
telephone and a large screen, in light and dark; what the script adds does what it says, with
the mouse and with the keyboard.  axe-core, which Chromium has, finds nothing serious.

With sanitizers, which watch memsee and not Chromium, pages are made and not looked at.
"""
import json
import os
import pathlib
import subprocess
import tempfile
import time

import chromium
from tap import MEMSEE, TOP, Tap

DATA = TOP / "tests" / "data"
LEAKY = [DATA / f"leaky_py310_{i}.json.gz" for i in range(3)]
ONE = ("suspects", "summary", "owners", "why", "types", "cycles", "duplicates", "collections",
       "strings")
SEVERAL = ("leak-check", "trend", "diff")
LOOKS = [(width, dark) for width in (360, 1440) for dark in (False, True)]
# Of other runtimes a dump that was recorded, and a type that each has.
RUNTIMES = {"V8": ("leaky_node_{}.heapsnapshot.gz", "Object"),
            "Java": ("leaky_java_{}.hprof.gz", "byte[]"),
            "Ruby": ("leaky_ruby_{}.json.gz", "String"), "PHP": ("leaky_php_{}.json.gz", "array")}
KINDS = ("plain", "named", "hostile", "empty", *RUNTIMES)
HOSTILE = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "\u202egnp.exe",
           "`**x**`", "a" * 300, "javascript:alert(3)", "]]>", "&lt;b&gt;", "\u2028'\"\\",
           "{{7*7}}", "http://example.invalid/x.png")


def hostile_dump(path):
    """A heap whose types, names and values are what a page must not take for its own."""
    objects = [{"address": 1, "type": "module", "size": 50, "name": HOSTILE[0], "refs": [2]},
               {"address": 2, "type": "dict", "size": 500, "len": 9, "refs": []}]
    for i in range(300):
        text = HOSTILE[i % len(HOSTILE)]
        objects.append({"address": 100 + i, "type": text if i % 2 else "str", "size": 60 + i,
                        "value": text, "name": text, "len": len(text), "refs": [100 + i // 2]})
        objects[1]["refs"].append(100 + i)
    path.write_text("".join(json.dumps(o) + "\n" for o in objects), encoding="utf-8")


def labelled_dump(path, more):
    """A heap whose references have names, in which a registry keeps more and more."""
    events = 60 + 100 * more
    objects = [{"address": 1, "type": "module", "size": 72, "name": "shop", "refs": [2],
                "labels": [".__dict__"]},
               {"address": 2, "type": "dict", "size": 232, "len": 2, "refs": [3, 5],
                "labels": ["['REGISTRY']", "['Event']"]},
               {"address": 3, "type": "Registry", "size": 48, "refs": [4],
                "labels": [".events"]},
               {"address": 4, "type": "list", "size": 56 + 8 * events, "len": events,
                "refs": [100 + i for i in range(events)]},
               {"address": 5, "type": "type", "size": 1064, "name": "Event", "refs": []}]
    objects += [{"address": 100 + i, "type": "Event", "size": 480, "refs": [5],
                 "labels": [".__class__"]} for i in range(events)]
    path.write_text("".join(json.dumps(o) + "\n" for o in objects))
    return path


def make_pages(folder):
    """Writes every page; yields its name and path."""
    hostile, empty = folder / "hostile.json", folder / "empty.json"
    hostile_dump(hostile)
    empty.write_text('{"address": 1, "type": "dict", "size": 64, "len": 0, "refs": []}\n')
    later = folder / "later.json"
    later.write_text(empty.read_text().replace("64", "72"))
    grown = []
    for i in range(3):
        grown.append(folder / f"grown{i}.json")
        hostile_dump(grown[-1])
        with open(grown[-1], "a", encoding="utf-8") as file:
            for k in range(100 * i):
                file.write(json.dumps({"address": 9000 + k, "type": HOSTILE[1], "size": 99,
                                       "refs": [2]}) + "\n")
    named = [labelled_dump(folder / f"named{i}.json", i) for i in range(3)]
    dumps = [([LEAKY[1]], LEAKY), ([DATA / "names_py313.json"], named), ([hostile], grown),
             ([empty], [empty, later])]
    for name, _ in RUNTIMES.values():
        three = [DATA / name.format(i) for i in (1, 2, 3)]
        dumps.append((three[2:], three))
    for kind, (one, several) in zip(KINDS, dumps):
        options = {"why": ["-D", "what=size > 0"],
                   "types": ["-D", f"type={RUNTIMES.get(kind, (None, 'dict'))[1]}"]}
        for report in ONE + SEVERAL:
            dumps = one if report in ONE else several[:2] if report == "diff" else several
            page = folder / f"{kind}-{report}.html"
            run = subprocess.run(
                [MEMSEE, "-q", "-o", page, *options.get(report, []), report, *map(str, dumps)],
                capture_output=True, text=True)
            yield f"{report}, {kind}", page, run
    for rows in (20000, 100000):
        script = ("select value as n, 'name ' || value as name, value * 1000 as bytes from "
                  "(with recursive n(value) as (values(1) union all select value + 1 from n "
                  f"where value < {rows}) select value from n)")
        page = folder / f"long{rows}.html"
        yield f"{rows:,} rows", page, subprocess.run([MEMSEE, "-q", "-o", page, "-e", script],
                                                     capture_output=True, text=True)


def faults(browser, page, axe, asked):
    """What is wrong with the page in any look, and what axe-core finds in the one asked for."""
    found = []
    for width, dark in LOOKS:
        browser.look(width, 900, dark)
        browser.open(page)
        wide = browser.run("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{wide} pixels too wide at {width}")
        found += [f"console: {line[:200]}" for line in browser.console]
        found += [f"asks for {url[:100]}" for url in browser.requests
                  if not url.startswith(("file:", "data:"))]
        if axe and (width, dark) == asked:
            browser.run(axe + ";0")
            found += browser.run(
                "axe.run({resultTypes: ['violations']}).then(r => r.violations.filter(v => "
                "v.impact === 'serious' || v.impact === 'critical').map(v => 'axe-core, ' + v.id "
                "+ ': ' + v.nodes[0].html.slice(0, 120)))")
    return sorted(set(found))


CELLS = ("Array.from(document.querySelectorAll('table.t')[{0}].tBodies[0].rows)"
         ".map(r => r.cells[{1}].textContent)")


def acts(browser, pages):
    """Each yields a claim and whether it holds."""
    browser.look(1440, 900)
    browser.open(pages["summary, plain"])
    head = "document.querySelectorAll('table.t')[0].tHead.rows[0].cells[1]"
    browser.run(f"{head}.querySelector('button').click()")
    counts = [int(c.replace(",", "")) for c in browser.run(CELLS.format(0, 1))]
    yield "a click on a head sorts", counts == sorted(counts, reverse=True) and browser.run(
        f"{head}.getAttribute('aria-sort')") == "descending"
    browser.run(f"{head}.querySelector('button').click()")
    counts = [int(c.replace(",", "")) for c in browser.run(CELLS.format(0, 1))]
    yield "a second click sorts the other way", counts == sorted(counts)
    browser.run("var f = document.querySelector('input[type=search]'); f.value = 'dict'; "
                "f.dispatchEvent(new Event('input'))")
    rows = browser.run(CELLS.format(0, 0))
    yield "the filter leaves what it names", rows and all("dict" in r for r in rows)
    box = "document.querySelectorAll('.ic svg.b')"
    browser.run(f"{box}[1].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    yield "a click on a box zooms", browser.run(f"{box}[1].getAttribute('width')") == "100%"
    browser.run(f"{box}[1].focus()")
    browser.key("Escape")
    yield "Escape shows all again", browser.run(f"{box}[1].getAttribute('width')") != "100%"
    browser.key("ArrowDown")
    browser.key("Enter")
    yield "arrows and Enter zoom as well", browser.run(
        "document.activeElement.getAttribute('width')") == "100%"
    browser.run("var q = document.querySelector('.ic input'); q.value = '__main__'; "
                "q.dispatchEvent(new Event('input'))")
    yield "the search counts its hits", "of the whole" in browser.run(
        "document.querySelector('.ic .bar-tools span').textContent")
    browser.run("document.querySelector('#exact').click()")
    yield "Exact bytes shows all digits", browser.run(
        "Array.from(document.querySelectorAll('data.b')).every(d => !/[kM]B/.test(d.textContent))")
    browser.open(pages["suspects, plain"])
    browser.run("document.querySelector('button.a').click()")
    links = browser.run("document.querySelectorAll('.pop a').length")
    browser.run("document.querySelector('.pop a').click()")
    yield "an address leads to its row", links > 0 and browser.run(
        "document.querySelectorAll('tr.at').length") == 1
    browser.open(pages["owners, plain"])
    branch = "document.querySelectorAll('.du details:not([open])')[0]"
    browser.run(f"window.branch = {branch}; branch.querySelector('summary').focus()")
    browser.key("Enter")
    yield "Enter opens a branch of the tree", browser.run(
        "branch.open && branch.querySelector('li').getBoundingClientRect().height > 0")
    browser.open(pages["leak-check, named"])
    browser.run("document.querySelector('.find a').click()")
    yield "a finding leads to its card", browser.run(
        "location.hash === '#leak-1' && document.querySelector('#leak-1 h3 .m').textContent"
        " === 'Event'")
    yield "the card marks the container that grows, by its name", browser.run(
        "document.querySelector('#leak-1 .nd.cul').textContent") == (
            "grows: 60 \u2192 160 \u2192 260 list 2.14 kB, owns 127 kB") and (
                "shop.REGISTRY.events" in browser.run(
                    "document.querySelector('#leak-1 .do').textContent"))
    browser.open(pages["trend, plain"])
    yield "each line over dumps has a picture with its class", browser.run(
        "Array.from(document.querySelectorAll('.panels svg.pic')).slice(0, 4)"
        ".map(s => s.querySelector('text').textContent).sort().join()") == (
            "CycleNode,LeakedSession,LogRecord,UploadHandler")
    yield "each row over dumps has its line, the total has none", browser.run(
        "var t = Array.from(document.querySelectorAll('table[data-spark]'))"
        ".find(t => t.caption.textContent === 'Objects by type');"
        "t.querySelectorAll('svg.sl').length === t.querySelectorAll('tbody tr:not(.tot)').length"
        " && t.querySelectorAll('tr.tot').length === 1"
        " && t.querySelectorAll('tr.tot svg.sl').length === 0")
    for name in ("20,000 rows", "100,000 rows"):
        browser.open(pages[name])
        shown = browser.run(CELLS.format(0, 0))
        began = time.monotonic()
        browser.run("document.querySelectorAll('table.t thead button')[0].click()")
        last = browser.run(CELLS.format(0, 0))
        yield f"{name}: what is not shown sorts, too", len(shown) == 15 and last[0] == "20,000"
        browser.run("var f = document.querySelector('input[type=search]'); f.value = 'name 19999'; "
                    "f.dispatchEvent(new Event('input'))")
        yield f"{name}: what is not shown is found", browser.run(CELLS.format(0, 1)) == ["name 19999"]
        yield f"{name}: both within a second or two", time.monotonic() - began < 5
    yield "a page of 100,000 rows names the file that has all of them", browser.run(
        "document.querySelector('main').textContent.includes("
        "'The table ends after 20,000 of 100,000 rows')")
    browser.look(1440, 900, script=False)
    browser.open(pages["summary, plain"])
    yield "without script the page has its tables, pictures and words", browser.run(
        "document.querySelectorAll('table').length > 3 && "
        "document.querySelectorAll('svg.pic').length > 1 && "
        "getComputedStyle(document.querySelector('main')).display !== 'none' && "
        "document.querySelectorAll('table.t thead button').length === 0")
    browser.look(1440, 900)


def main():
    tap = Tap()
    if not chromium.find():
        tap.skip("pages in a browser", "no chromium")
        tap.done()
        return
    os.environ["MEMSEE_REPORTS"] = str(TOP / "reports")
    if os.environ.get("MEMSEE_SANITIZERS") == "yes":
        with tempfile.TemporaryDirectory() as scratch:
            for name, page, run in make_pages(pathlib.Path(scratch)):
                made = run.returncode <= 1 and page.is_file()
                tap.none([] if made else [run.stderr], f"{name}: a page")
        tap.done()
        return
    browser = chromium.Chromium()
    axe = browser.axe()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            pages = {}
            for name, page, run in make_pages(pathlib.Path(scratch)):
                if run.returncode > 1 or not page.is_file():
                    tap.none([run.stderr], f"{name}: a page")
                    continue
                pages[name] = page
                # Each report is asked in another look on each kind of dump.
                kind = name.split(", ")[-1]
                look = LOOKS[KINDS.index(kind) % len(LOOKS) if kind in KINDS else 0]
                tap.none(faults(browser, page, axe, look), f"{name}: quiet, alone, no wider than its "
                         "window, and for everyone")
            for claim, holds in acts(browser, pages):
                tap.none([] if holds else ["it is not so"], claim)
            tap.none([] if axe else ["this Chromium has no axe-core"], "pages are asked by axe-core")
    finally:
        browser.close()
    tap.done()


if __name__ == "__main__":
    main()
