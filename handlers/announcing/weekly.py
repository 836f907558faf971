"""What goes out by itself once a week: it is planned here; and the buttons of the digest."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.announcements import digest
from bot.announcements.digest import Hour, first_at, next_time
from handlers.announcing.delivery import send_to
from handlers.announcing.digesting import page_of
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed
from handlers.replacing import put
from handlers.sending import Reader
from handlers.subscribing.screens import LABELS
from handlers.telling import tell
from storage import digests, summaries

INTERVAL = timedelta(minutes=5)
FIRST_AFTER = timedelta(minutes=1)


def register(app: App) -> None:
    """Every five minutes; `dig:<number>:page:<page>` and `dig:<number>:open:<sending>`."""
    assert app.job_queue  # noqa: S101  it comes with the extra that the project installs
    app.job_queue.run_repeating(on_tick, INTERVAL, first=FIRST_AFTER)
    app.add_handler(CallbackQueryHandler(on_page, pattern=r"^dig:\d{1,9}:page:\d{1,3}$"))
    app.add_handler(CallbackQueryHandler(on_open, pattern=r"^dig:\d{1,9}:open:\d{1,9}$"))


async def on_tick(context: Context) -> None:
    """Plan the digests in which something is to be told, and the next summary; only what is missing is written."""
    services, now = context.services, context.services.clock()
    async with services.database.read() as session:
        has_news = bool(await digest.waiting(session, now=now))
        has_summary = await digests.is_planned(session, digests.SUMMARY, after=now)
    if not has_news and has_summary:
        return
    settings, names = services.settings, {digests.KIND: "digest", digests.SUMMARY: "summary"}
    at = Hour(settings.digest_day, settings.digest_hour)
    async with services.database.begin() as session:
        standing = {
            kind: await digests.begin(
                session, kind, first_at=first_at(at), texts=_titles(context, name), zone=settings.timezone, now=now
            )
            for kind, name in names.items()
        }
        await digest.plan(session, standing[digests.KIND], now=now)
        due = next_time(now, settings.timezone, at)
        await summaries.plan(session, standing[digests.SUMMARY].id, due, settings.owners)
    services.broadcast.wake()


async def on_page(update: Update, context: Context) -> None:
    """Show another page of a digest in place of the one that is shown."""
    _, number, _, page = pressed(update)
    found = await page_of(context, int(number), person_of(update), int(page), await language_of(update, context))
    if found is None:
        await _gone(update, context)
    else:
        await put(update, *found)


async def on_open(update: Update, context: Context) -> None:
    """Send one of a digest as it was sent to others, below the digest."""
    _, number, _, sending = pressed(update)
    async with context.services.database.read() as session:
        occurrence = await digests.item(session, int(number), person_of(update), int(sending))
    if occurrence is None:
        await _gone(update, context)
        return
    await acknowledge(update)
    reader = Reader(person_of(update), await language_of(update, context))
    await send_to(context, occurrence.content or {}, reader, occurrence)


async def _gone(update: Update, context: Context) -> None:
    await acknowledge(update)
    await tell(update, context, "announcements/digest_over.html")


def _titles(context: Context, name: str) -> dict[str, dict[str, str]]:
    """Return what a list of announcements calls it."""
    texts = context.services.texts
    return {language: {"title": texts.label(name, language, source=LABELS), "body": ""} for language in texts.languages}
