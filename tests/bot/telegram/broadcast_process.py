"""A broadcast in a process of its own, to be killed: arguments are the simulator's address and the database's."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta

from telegram.ext import ExtBot

from bot.clock import utc_now
from bot.telegram.broadcast import Broadcast, Terms
from bot.telegram.lanes import Lanes, Pace
from bot.telegram.request import AiohttpRequest
from storage.database import Database
from tests.bot.telegram.announced import nobody, sender
from tests.bot.telegram.bots import TOKEN
from tests.sealed import keys_for

TERMS = Terms(in_flight=16, lease=timedelta(seconds=0.5))


async def main(url: str, database_url: str) -> None:
    database = Database(database_url, keys_for(database_url))
    request = AiohttpRequest()
    lanes = Lanes(Pace.unlimited())
    bot = ExtBot(TOKEN, f"{url}/bot", request=request, get_updates_request=request, rate_limiter=lanes)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with bot:
        broadcast = Broadcast(database, utc_now, str(os.getpid()), TERMS)
        broadcast.start(sender(bot), nobody)
        await stopped.wait()
        await broadcast.stop(5)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
