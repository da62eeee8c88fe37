# SPDX-License-Identifier: MIT
"""A program at work that is dumped in the middle, goes on, and collects all of its garbage."""
import gc
import sys
import threading

import memsee_dump

try:
    import asyncio
    LOOP = asyncio.new_event_loop()
except ImportError:
    LOOP = None
COROUTINES = """
async def request(n):
    await asyncio.sleep(0)
    return n


async def poll(n):
    return await asyncio.get_running_loop().create_task(request(n))


async def many(n):
    return sum(await asyncio.gather(*[poll(i) for i in range(n)]))
"""
if sys.version_info >= (3, 7):
    exec(COROUTINES)
else:
    LOOP = None


def serve(count):
    """Runs tasks to their end, some of them many at a time."""
    if LOOP:
        for i in range(count):
            assert LOOP.run_until_complete(poll(i)) == i
        assert LOOP.run_until_complete(many(count)) == sum(range(count))


class Node(object):
    def __init__(self):
        self.me = self
        self.rows = dict(("row %d" % i, [i]) for i in range(20))


def generate():
    kept = [Node()]
    while True:
        kept.append(Node())
        yield len(kept)


def work(stop, sums):
    generator = generate()
    while not stop.is_set():
        sums.append(next(generator))
        stop.wait(0.0005)


def main():
    stop, sums = threading.Event(), [[] for _ in range(4)]
    threads = [threading.Thread(target=work, args=(stop, some)) for some in sums]
    for thread in threads:
        thread.start()
    waiting = [generate() for _ in range(50)]
    counts = [[next(generator) for generator in waiting] for _ in range(3)]
    serve(200)
    dumped = memsee_dump.dump(sys.argv[1], fork=sys.argv[2] == "fork=True")
    serve(1000)
    counts += [[next(generator) for generator in waiting] for _ in range(3)]
    assert counts == [[n] * 50 for n in range(2, 8)], counts
    if sys.argv[2]:
        dumped.wait()
    stop.set()
    for thread in threads:
        thread.join()
    assert all(some == list(range(2, len(some) + 2)) for some in sums)
    del waiting
    gc.collect()
    serve(100)
    gc.collect()
    if LOOP:
        LOOP.close()
    sys.stdout.write("went on\n")


main()
