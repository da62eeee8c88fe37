# SPDX-License-Identifier: MIT
"""A small program that leaks, for cores: says `ready K` after each of three stages and
waits for a line on standard input.

Leaks, at each stage: 40 uploads in a list of a registry, 60 sessions held by the closure
of a callback.  What is bounded: a cache of 32 answers."""
import sys


class Registry:
    def __init__(self):
        self.entries = []


class UploadHandler:
    def __init__(self, number):
        self.path = "/upload/%d" % number
        self.body = b"x" * 200


class LeakedSession:
    __slots__ = ("user", "token")

    def __init__(self, number):
        self.user = "user-%d" % number
        self.token = number * 7919


class Answer:
    def __init__(self, number):
        self.number = number


REGISTRY = Registry()
AFTER_REQUEST = []
CACHE = {}


def register(session):
    def after(response):
        return response, session
    AFTER_REQUEST.append(after)


def serve(start, count):
    for number in range(start, start + count):
        CACHE[number % 32] = Answer(number)
        if number % 5 < 2:
            REGISTRY.entries.append({"path": number, "handler": UploadHandler(number)})
        else:
            register(LeakedSession(number))


def stay(stage):
    sys.stdout.write("ready %d\n" % stage)
    sys.stdout.flush()
    return sys.stdin.readline()


def main():
    serve(0, 100)
    stay(0)
    serve(100, 100)
    stay(1)
    serve(200, 100)
    stay(2)


main()
