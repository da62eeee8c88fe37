#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real programs of other runtimes, each leaky and mended: the leak check names every planted
leak with exact growth and how it is held, and finds nothing in the mended twin.

A program of tests/runtimes serves 200, 1200 and 2200 requests and dumps its heap after each.
Two of Java's dump it once more without collecting garbage before.  The runtimes that are
installed run it; what is not is skipped."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from tap import MEMSEE, TOP, Tap

PROGRAMS = TOP / "tests" / "runtimes"
SERVED = (200, 1200, 2200)
SERIES = re.compile(r"\+(2000 (items )?\(200, 1200, 2200|42000 bytes \(5900, 26900, 47900)\)")

# What runs the program, what it is called, its dumps, and the planted leaks: what is named, and
# a pattern of what holds it.  A name with a plus has a growth of its own: V8's dumps show the
# bytes of numbers, Ruby's how many there are.  From Ruby 3.3 on a dump names instance variables.
RUNTIMES = {
    "node": (["node", "leaky.js"], "heapsnapshot", [
        ("Handler", "Registry .handlers"),
        ("Function", "EventEmitter ._events Object .tick Array"),
        ("Object {user, body}", "cache> Map"),
    ]),
    "java": (["java", "-Xmx256m", "Leaky.java"], "hprof", [
        ("Leaky$Handler", r"Leaky\$Registry .handlers"),
        ("Leaky$$Lambda", r"Leaky\$Bus .listeners"),
        ("Leaky$Entry", ".cache java.util.HashMap"),
    ]),
    "ruby": (["ruby", "leaky.rb"], "json", [
        ("Handler", "Registry (->|@handlers) Array"),
        ("Proc", "Bus (->|@listeners) Array"),
        ("Session", "Cache (->|@entries) Hash"),
    ]),
    "php": (["php", "leaky.php"], "json", [
        ("Handler", "Registry .handlers array"),
        ("Closure", "Bus .listeners array"),
        ("array {user, hits}", "Cache .entries array"),
    ]),
    "node_kinds": (["node", "kinds.js"], "heapsnapshot", [
        ("Request", "<closure active> Set"),
        ("Buffer", "<closure buffers> BufferList .chunks Array"),
        ("TreeNode", "<closure root> TreeNode .children Array"),
        ("Object {resolve, reject, payload}", "<closure pool> Pool .tasks Map"),
        ("Timeout", "<closure scheduler> Scheduler .handles Array"),
        ("Function", "kinds.js:62, held by <closure routes> Object"),
        ("Array", "<closure memo> Object"),
        ("Session", "<closure table> Object"),
        ("AsyncResource", "<closure resources> Array"),
    ]),
    "java_kinds": (["java", "-Xmx256m", "Kinds.java"], "hprof", [
        ("Kinds$View", r"Kinds .bean java.beans.PropertyChangeSupport .* Kinds\$View"),
        ("Kinds$Quote", "Kinds .quotes java.util.concurrent.ConcurrentHashMap"),
        ("java.lang.String", "Kinds .tokens java.util.TreeSet"),
        ("java.nio.DirectByteBuffer", "Kinds .buffers java.util.ArrayList"),
        ("Kinds$Session", "java.lang.Thread .threadLocals"),
        ("Kinds$Ticket", "Kinds .tickets java.util.concurrent.ConcurrentSkipListMap"),
        ("Kinds$Log", r"Kinds .log Kinds\$Log .rest"),
    ]),
    "ruby_kinds": (["ruby", "kinds.rb"], "json", [
        ("Ticket", "Plugin (->|@@all) Array"),
        ("Proc", "Router (->|@routes) Hash"),
        ("Job", "Model (->|@hooks) Array .* Method"),
        ("Point", "Config (->|POINTS) Array"),
        ("Task", "Object (->|TASKS) Hash"),
    ]),
    "php_kinds": (["php", "kinds.php"], "json", [
        ("Job", r"Dispatcher .listeners array \['paid'\] array"),
        ("stdClass", "Shop .views array"),
        ("Member", "rooms array .* Room .members array"),
        ("Link", "Chain .head Link .next Link"),
        ("Client", r"clients SplObjectStorage \{\*\} Client"),
        ("array {items, total}", "Shop .carts array"),
        ("Closure", r"Dispatcher .listeners array \['sent'\] array"),
        ("string in Report .text +75200 bytes (7329, 44529, 82529)", "report Report .text"),
        ("string", "Report .lines array"),
        ("float", "Report .samples array"),
    ]),
    "node_services": (["node", "services.js"], "heapsnapshot", [
        ("Session", r"TimersList ._idle(Next|Prev) Timeout\* ._onTimeout Function"),
        ("Job", "AbortController .* Listener. .listener Function"),
        ("Message", "<closure broker> Broker .urgent Array"),
        ("Message", "<closure broker> Broker .dead Array"),
        ("Handle", r"<closure closed> FinalizationRegistry .* Object .handle"),
        ("Object {path, at, status}", "<value in a WeakMap> Array"),
    ]),
    "java_services": (["java", "-Xmx256m", "Services.java"], "hprof", [
        ("Services$Rate", "Services .rates java.util.HashMap"),
        ("Services$Message", "Broker .urgent java.util.PriorityQueue"),
        ("Services$Message", "Broker .dead java.util.concurrent.ConcurrentLinkedQueue"),
        ("java.util.concurrent.CompletableFuture", "Services .inFlight"),
        ("Services$Reminder", "DelayedWorkQueue .* .task Services"),
        ("Services$Retrying", r"Services .handler Services\$Retrying"),
    ]),
    "ruby_services": (["ruby", "services.rb"], "json", [
        ("Handler", "Registry (->|@handlers) Array"),
        ("Proc", "Object (->|HOOKS) Array"),
        ("Visit", "Sink (->|@visits) Array"),
        ("String", "Sink (->|@slow) Array"),
        ("Guest", "Object (->|GUESTS) Array"),
        ("Image", "Thumbs (->|@strong) Array"),
        ("Ticket", "Desk (->|@open) Hash"),
        ("Proc", "Emitter (->|@handlers) Hash .* Array"),
    ]),
    "node_numbers": (["node", "numbers.js"], "heapsnapshot", [
        ("Array in Metrics .samples +21736 bytes (1832, 10328, 23568)", "Metrics .samples Array"),
        ("Array in Metrics .ids +21736 bytes (1832, 10328, 23568)", "Metrics .ids Array"),
        ("Map in Metrics .hits +107520 bytes (7208, 57384, 114728)", "Metrics .hits Map"),
        ("Float64Array in Metrics .history +30720 bytes (2048, 16384, 32768)",
            "<closure metrics> Metrics .history Float64Array"),
        ("(string part) +10000 (998, 5998, 10998)", "Metrics .log .string. -> .string part."),
    ]),
    "java_numbers": (["java", "-Xmx256m", "Numbers.java"], "hprof", [
        ("int[] in Numbers$Samples .value +3840 items (256, 2048, 4096)",
            r"Numbers .samples Numbers\$Samples .value int"),
        ("java.lang.StringBuilder in Numbers$Report .log +69120 bytes (4606, 36862, 73726)",
            "Numbers .report"),
        ("java.lang.String in Numbers$Report .text +42000 bytes (4200, 25200, 46200)",
            "Numbers .report"),
        ("byte[] in java.io.ByteArrayOutputStream .buf +114688 bytes (16384, 65536, 131072)",
            r"Numbers .report Numbers\$Report .out java.io.ByteArrayOutputStream .buf byte"),
    ]),
    "ruby_numbers": (["ruby", "numbers.rb"], "json", [
        ("Array in Metrics", "Metrics (->|@samples) Array"),
        ("Hash in Hits", "Hits (->|@count) Hash"),
        ("String in Log", "Log (->|@text) String"),
    ]),
}

# Programs that make the garbage of which most was once called a leak.
WITH_GARBAGE = ("java", "java_services")

REPORTS = ("summary", "types", "duplicates", "strings", "collections", "suspects", "owners",
           "cycles")


def memsee(*arguments):
    environment = dict(os.environ, MEMSEE_REPORTS=str(TOP / "reports"))
    return subprocess.run([MEMSEE, "-q", *map(str, arguments)], env=environment,
                          capture_output=True, text=True)


def dump(name, scratch, *state):
    """The dumps of a run of the program; None when the runtime cannot run it."""
    command, extension, _ = RUNTIMES[name]
    prefix = pathlib.Path(scratch) / "_".join((name, *state))
    program = [command[0], *command[1:-1], str(PROGRAMS / command[-1])]
    run = subprocess.run([*program, str(prefix), *state], capture_output=True, text=True,
                         cwd=scratch)
    dumps = [f"{prefix}_{n}.{extension}" for n in SERVED]
    if run.returncode != 0 or not all(os.path.exists(d) for d in dumps):
        print(f"# {' '.join(program)}: {run.stderr.strip()}")
        return None
    return dumps


def held(report):
    """The lines of the report that name leaks, each with the line of what holds it."""
    lines = [line.strip("`") for line in report.splitlines()]
    return [(line, lines[i + 2]) for i, line in enumerate(lines[:-2])
            if "held by " in lines[i + 2] and "+" in line]


def misjudged(name, leaky):
    """What is wrong about the leaks that are found in dumps of the leaky program."""
    report = memsee("leak-check", *leaky)
    wrong = [] if report.returncode == 1 else [f"status {report.returncode}", report.stderr]
    found = held(report.stdout)
    for leak, holder in RUNTIMES[name][2]:
        if not any(line.startswith(leak) and ("+" in leak or SERIES.search(line)) and
                   re.search(holder, way) for line, way in found):
            wrong.append(f"no leak of {leak} held by {holder} in {found}")
    if len(found) != len(RUNTIMES[name][2]):
        wrong.append(f"{len(found)} leaks: {found}")
    return wrong


def alarms(mended):
    """What is found in dumps of the mended program."""
    report = memsee("leak-check", *mended)
    return [] if report.returncode == 0 else [report.stdout[:800], report.stderr]


def check(tap, name, scratch):
    leaky, mended = (dump(name, scratch, state) for state in ("leaky", "mended"))
    tap.ok(leaky is not None and mended is not None, f"{name}: the programs run")
    if leaky is None or mended is None:
        return
    tap.none(misjudged(name, leaky),
             f"{name}: every planted leak is named, its growth and its holder, and no other")
    tap.none(alarms(mended), f"{name}: nothing leaks from the mended twin")
    if name in WITH_GARBAGE:
        tap.none(misjudged(name, dump(name, scratch, "leaky", "garbage")),
                 f"{name}: so are the leaks in dumps with garbage")
        tap.none(alarms(dump(name, scratch, "mended", "garbage")),
                 f"{name}: garbage is no leak of the mended twin")
    database = pathlib.Path(scratch) / f"{name}.db"
    run = memsee("-d", database, "-e", "read " + leaky[2])
    wrong = [run.stderr] if run.returncode else []
    query = "select type from obj where type <> '' group by type order by count(*) desc, type"
    rows = memsee("-d", database, "-f", "csv", "-e", query + " limit 1").stdout.splitlines()
    wrong += [] if rows[:1] == ["type"] and len(rows) == 2 else [f"no commonest type: {rows}"]
    for kind in REPORTS:
        options = ["-D", "type=" + rows[-1].strip('"')] if kind == "types" else []
        run = memsee("-d", database, *options, kind)
        if run.returncode or len(run.stdout) < 100:
            wrong.append(f"{kind}: {run.returncode} {run.stderr} {run.stdout[:200]}")
    tap.none(wrong, f"{name}: the reports run on its dump")


def main():
    tap = Tap()
    for name, (command, _, _) in RUNTIMES.items():
        if shutil.which(command[0]) is None:
            tap.skip(f"{name}: leaky programs", f"{command[0]} is not installed")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            check(tap, name, scratch)
    tap.done()


if __name__ == "__main__":
    main()
