# SPDX-License-Identifier: MIT
"""A server of lines and 40 clients of it, which dumps itself.

    asyncio_server.py DUMP"""
import asyncio
import json
import sys

import memsee_dump

SESSIONS = {}


class Session:
    def __init__(self, number, writer):
        self.number, self.writer, self.log = number, writer, []


async def handle(reader, writer):
    session = SESSIONS[len(SESSIONS)] = Session(len(SESSIONS), writer)
    while True:
        line = await reader.readline()
        if not line:
            break
        session.log.append(json.loads(line))
        writer.write(b"ok\n")
        await writer.drain()


async def client(port, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for k in range(20):
        writer.write(json.dumps({"number": number, "k": k, "v": "x%d" % k}).encode() + b"\n")
        await reader.readline()
    await asyncio.sleep(1000)


async def main(dump):
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    clients = [asyncio.ensure_future(client(port, i)) for i in range(40)]
    await asyncio.sleep(2)
    memsee_dump.dump(dump, fork=True).wait()
    print("ready", flush=True)
    await asyncio.gather(*clients)


asyncio.run(main(sys.argv[1]))
