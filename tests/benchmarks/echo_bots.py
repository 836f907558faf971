"""The bots that are compared: python -m tests.benchmarks.echo_bots NAME URL."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from bot.telegram.request import AiohttpRequest
from storage.database import Database
from storage.migrations import upgrade
from tests.bot.telegram.bots import TOKEN, Context, echo, running


async def ours(url: str) -> None:
    """Run the edge: durable inbox, ledger, lanes, aiohttp."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.sqlite3")
        await upgrade(database)
        async with running(database, AiohttpRequest(), echo, url=url):
            await asyncio.Event().wait()


async def plain(url: str) -> None:
    """Run python-telegram-bot as it comes: polling into memory, httpx, one update after the other."""

    async def answer(update: Update, _context: Context) -> None:
        assert update.message
        await update.message.reply_text(update.message.text or "")

    application = Application.builder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, answer))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling()
        await asyncio.Event().wait()


if __name__ == "__main__":
    logging.disable()
    asyncio.run({"ours": ours, "plain": plain}[sys.argv[1]](sys.argv[2]))
