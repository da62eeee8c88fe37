# SPDX-License-Identifier: MIT
"""A program in one of eleven states, which notices what is done to it.

    states.py STATE LOG

What goes wrong is a line of LOG: a sleep of another length, a wrong sum, order or byte, an
exception, a child that nobody made, a signal that did not come.  A line `turns N` follows
each turn."""
import math
import os
import select
import signal
import sys
import threading
import time
import zlib

STATES = ("sleep", "poll", "select", "epoll", "busy", "sort", "lock", "read", "native",
          "threads", "collect")
TURN = 0.2
SLACK = 10.0  # the machine may be busy with other things


class Program:
    def __init__(self, state, log):
        self.turn, self.log = getattr(self, state), open(log, "w", buffering=1)
        self.pipe = os.pipe()
        self.sum = self.add()
        self.signals = 0
        self.sent = 0
        self.garbage = []
        signal.signal(signal.SIGUSR1, self.on_signal)
        if state == "threads":
            for _ in range(3):
                threading.Thread(target=self.always_busy, daemon=True).start()

    def on_signal(self, number, frame):
        self.signals += 1

    def wrong(self, *what):
        print("wrong:", *what, file=self.log)

    @staticmethod
    def add():
        return sum(math.sin(i) * 1.5 for i in range(20000))

    def timed(self, wait):
        start = time.monotonic()
        wait()
        took = time.monotonic() - start
        if not TURN - 0.005 <= took <= TURN + SLACK:
            self.wrong("took", took)

    def sleep(self):
        self.timed(lambda: time.sleep(TURN))

    def poll(self):
        poll = select.poll()
        poll.register(self.pipe[0], select.POLLIN)
        self.timed(lambda: poll.poll(TURN * 1000))

    def select(self):
        self.timed(lambda: select.select([self.pipe[0]], [], [], TURN))

    def epoll(self):
        with select.epoll() as epoll:
            epoll.register(self.pipe[0], select.EPOLLIN)
            self.timed(lambda: epoll.poll(TURN))

    def busy(self):
        if self.add() != self.sum:
            self.wrong("sum")

    def sort(self):
        numbers = [(i * 7919) % 1000003 * 1.5 for i in range(200000)]
        numbers.sort()
        if any(numbers[i] > numbers[i + 1] for i in range(0, 199999, 97)):
            self.wrong("order")

    def lock(self):
        lock = threading.Lock()
        lock.acquire()
        self.timed(lambda: lock.acquire(timeout=TURN))

    def read(self):
        threading.Timer(TURN, os.write, (self.pipe[1], b"x")).start()
        if os.read(self.pipe[0], 1) != b"x":
            self.wrong("byte")

    def native(self):
        data = os.urandom(500000)
        if zlib.decompress(zlib.compress(data)) != data:
            self.wrong("bytes")

    def threads(self):
        self.timed(lambda: time.sleep(TURN))

    def always_busy(self):
        while True:
            self.busy()

    def collect(self):
        import gc
        for _ in range(2000):
            a, b = [], []
            a.append(b)
            b.append(a)
            self.garbage.append({"a": a})
        del self.garbage[:-20000]
        gc.collect()

    def run(self):
        turns = 0
        while True:
            try:
                self.turn()
                os.kill(os.getpid(), signal.SIGUSR1)
                self.sent += 1
                if self.signals != self.sent:
                    self.wrong("signals", self.signals, self.sent)
                try:
                    self.wrong("child", os.waitpid(-1, os.WNOHANG))
                except ChildProcessError:
                    pass
            except Exception as error:
                self.wrong(repr(error))
            turns += 1
            print("turns", turns, file=self.log)


if __name__ == "__main__":
    Program(sys.argv[1], sys.argv[2]).run()
