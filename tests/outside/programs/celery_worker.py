# SPDX-License-Identifier: MIT
"""A worker of celery with a broker in memory, and 60 tasks for it.

    celery_worker.py DUMP"""
import sys
import time

import celery
import memsee_dump
from celery.contrib.testing.worker import start_worker

RESULTS = {}
app = celery.Celery("jobs", broker="memory://", backend="cache+memory://")


@app.task
def resize(number, options):
    RESULTS[number] = {"options": options, "size": "%dx%d" % (number, number)}
    return RESULTS[number]


with start_worker(app, pool="threads", perform_ping_check=False):
    for i in range(60):
        resize.delay(i, {"quality": i, "name": "picture-%d" % i})
    while len(RESULTS) < 60:
        time.sleep(0.1)
    time.sleep(1)
    memsee_dump.dump(sys.argv[1], fork=True).wait()
    print("ready", flush=True)
    time.sleep(1000)
