"""The server lives and dies inside the caller's event loop."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import asyncio, signal, urllib.request
from bot.simulator import Simulator
from bot.simulator.playground import serve
from bot.texts import Texts

async def once(name, port):
    simulator = Simulator()
    before = signal.getsignal(signal.SIGINT)
    site = await serve(simulator, [simulator.add_person(name)], Texts.load(), port=port)
    assert signal.getsignal(signal.SIGINT) is before
    page = await asyncio.to_thread(lambda: urllib.request.urlopen(site.url).read().decode())
    await site.close()
    print(name in page, site.url.startswith("http://127.0.0.1:"))
    return int(site.url.rpartition(":")[2].strip("/"))

async def main():
    port = await once("Erste", 0)
    await once("Zweiter", port)

asyncio.run(main())
"""


def test_it_can_be_closed_and_served_again_at_the_same_port() -> None:
    # A process of its own: NiceGUI keeps one application in each.
    command = [sys.executable, "-W", "error", "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("True True\nTrue True\n", "")
