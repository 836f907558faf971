"""How the bot is: told to owners when they ask, and by itself when something is wrong or over."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, filters

from bot import logs
from bot.access import ALL, Action, NotAllowed
from bot.health import LOCAL, Judged
from handlers.context import App, Context
from handlers.people import language_for
from handlers.sending import say
from handlers.team.access import access_of
from handlers.telling import tell
from storage import alerts

log = logs.get(__name__)

INTERVAL = timedelta(minutes=1)
FIRST = timedelta(seconds=30)
"""After the start: what was left by the process before has been handled by then."""
HOST = socket.gethostname()


def register(app: App) -> None:
    """/health, and a look once a minute."""
    assert app.job_queue  # noqa: S101  it comes with the extra that the project installs
    app.add_handler(CommandHandler("health", on_health, filters.ChatType.PRIVATE))
    app.job_queue.run_repeating(on_minute, INTERVAL, first=FIRST)


async def on_health(update: Update, context: Context) -> None:
    """Show all figures."""
    if not (await access_of(update, context)).allows(Action.SEE_HEALTH, ALL):
        raise NotAllowed(Action.SEE_HEALTH, ALL, roles=())
    health = context.services.health
    readings = await health.read(fresh=True)
    judged = await health.judged()
    # The question itself is not done yet.
    readings = replace(readings, inbox_open=max(0, readings.inbox_open - 1))
    values: dict[str, object] = {
        "readings": readings,
        "wrong": [str(one.alert) for one in judged if one.is_wrong],
        "holder": health.holder(readings),
        "errors": health.errors.recent(),
        "disk": health.disk_free_percent(),
        "host": HOST,
    }
    await tell(update, context, "health/state.html", values)


async def on_minute(context: Context) -> None:
    """Tell the owners what has become wrong, once, and what is over."""
    if not context.services.settings.owners:
        return
    try:
        judged = await context.services.health.judged()
    except Exception as error:
        # Nothing can be told once while what was told cannot be kept.
        log.warning("no look at the figures", error=type(error).__name__)
        return
    for one in judged:
        if one.is_wrong:
            await _raise(context, one)
        elif one.is_well:
            await _end(context, one)


async def _raise(context: Context, one: Judged) -> None:
    services, name = context.services, _name(one)
    async with services.database.begin() as session:
        is_new = await alerts.raise_(session, name, now=services.clock())
    if not is_new:
        return
    log.warning("alert", alert=one.alert, value=round(one.value, 1))
    if await _tell_owners(context, "health/alert.html", one):
        return
    async with services.database.begin() as session:
        await alerts.take_back(session, name, now=services.clock())


async def _end(context: Context, one: Judged) -> None:
    services, name = context.services, _name(one)
    if name not in (await services.health.read()).alerts:
        return
    async with services.database.begin() as session:
        was_raised = await alerts.end(session, name, now=services.clock())
    if was_raised:
        log.info("alert over", alert=one.alert)
        await _tell_owners(context, "health/over.html", one)


async def _tell_owners(context: Context, template: str, one: Judged) -> bool:
    """Return whether at least one owner was told."""
    services, is_told = context.services, False
    for owner in services.settings.owners:
        language = await language_for(context, owner)
        text = services.texts.render(template, language, alert=str(one.alert), value=one.value, host=HOST)
        try:
            await say(context, owner, text, language=language)
            is_told = True
        except TelegramError as error:
            log.warning("an owner was not told", error=type(error).__name__)
    return is_told


def _name(one: Judged) -> str:
    return f"{one.alert}@{HOST}" if one.alert in LOCAL else str(one.alert)
