"""The outbox in a process of its own, to be killed: python -m tests.handlers.outbox_process URL DATABASE_URL."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from pydantic import SecretStr
from telegram.ext import Application, ContextTypes, ExtBot

from bot.answering.content import load_content
from bot.app import telegram_request
from bot.clock import utc_now
from bot.enquiries.service_terms import load_service
from bot.routing.ranking import ranked
from bot.routing.rules import load_rules
from bot.settings import Settings
from bot.simulator.simulator import TOKEN
from bot.telegram.lanes import Lanes, Pace
from bot.telegram.outbox import Outbox
from bot.telegram.presence import Presence
from bot.texts import Texts
from handlers.context import App, Context, Services
from handlers.relaying import delivering
from storage.database import Database
from tests.sealed import keys_for


async def main(url: str, database_url: str) -> None:
    """Send what is planned until told to stop; nothing is read from Telegram."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    settings = Settings(
        token=SecretStr(TOKEN),
        api_url=url,
        database_url=database_url,
        read_seconds=0.5,
    )
    database = Database(database_url, keys_for(database_url))
    content, rules = load_content(), load_rules()
    # The card needs the table of the steps, not what reads an enquiry, whose fitting takes seconds.
    router = SimpleNamespace(content=content, ranked=partial(ranked, content, rules))
    presence = Presence(database, utc_now, span=timedelta(seconds=1))
    outbox = Outbox(database, utc_now, presence, patience=0.02)
    unused: Any = None
    services = Services(
        settings, database, Texts.load(), unused, cast("Any", router), load_service(), utc_now, outbox, unused, unused
    )
    request = telegram_request(settings)
    bot = ExtBot(
        TOKEN, f"{url}/bot", request=request, get_updates_request=request, rate_limiter=Lanes(Pace.unlimited())
    )
    application: App = Application.builder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    application.bot_data["services"] = services
    await application.initialize()
    await presence.start()
    await outbox.start(partial(delivering.deliver, application))
    await stopped.wait()
    await outbox.stop(5)
    await presence.stop()
    await application.shutdown()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
