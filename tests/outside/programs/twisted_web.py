# SPDX-License-Identifier: MIT
"""A server of twisted and 60 requests to it.

    twisted_web.py DUMP"""
import sys

import memsee_dump
from twisted.internet import reactor
from twisted.web import client, resource, server

CACHE = {}


class Page(resource.Resource):
    isLeaf = True

    def render_GET(self, request):
        CACHE[len(CACHE)] = {"uri": request.uri, "args": dict(request.args), "request": request}
        return b"x" * 100


def dump():
    memsee_dump.dump(sys.argv[1], fork=True).wait()
    print("ready", flush=True)


port = reactor.listenTCP(0, server.Site(Page()), interface="127.0.0.1").getHost().port
agent = client.Agent(reactor)
for i in range(60):
    agent.request(b"GET", b"http://127.0.0.1:%d/p?i=%d" % (port, i)).addCallback(client.readBody)
reactor.callLater(3, dump)
reactor.run()
