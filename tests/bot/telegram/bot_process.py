"""A bot in a process of its own, to be killed: python -m tests.bot.telegram.bot_process URL DATABASE_URL."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from functools import partial

from sqlalchemy import text
from telegram import Update

from bot.clock import utc_now
from bot.telegram.presence import Presence
from bot.telegram.request import AiohttpRequest
from storage.database import Database
from tests.bot.telegram.bots import Context, running, say
from tests.sealed import keys_for

SPAN = timedelta(seconds=1)
EFFECT = text("INSERT INTO effects (update_id, body) VALUES (:update_id, :body) ON CONFLICT DO NOTHING")


async def on_message(database: Database, update: Update, context: Context) -> None:
    """Keep an effect under the update's identifier, then answer."""
    assert update.message
    body = update.message.text or ""
    async with database.begin() as session:
        await session.execute(EFFECT, {"update_id": update.update_id, "body": body})
    await say(update, context, body)


async def main(url: str, database_url: str, polling: str = "polling") -> None:
    database = Database(database_url, keys_for(database_url))
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    presence = Presence(database, utc_now, span=SPAN)
    on_update, polls = partial(on_message, database), polling == "polling"
    async with running(database, AiohttpRequest(), on_update, url=url, presence=presence, polling=polls):
        await stopped.wait()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
