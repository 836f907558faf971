"""What the staff looks up and does by a number: /open, /enquiry, /search, /unblock, /reopen.

In private for all of one's clusters, in a staff chat for its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import CommandHandler, filters

from bot.access import Action, require
from bot.enquiries import Actor, listing, reopen_by_staff
from bot.enquiries.blocking import unblock
from bot.enquiries.desk import by_number, named
from bot.enquiries.errors import NothingSaid
from bot.enquiries.listing import Line
from bot.enquiries.reading import MOST_FOUND, search, transcript
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.sending import say
from handlers.staff import transcripts
from handlers.staff.speaking import WRITTEN, card_link, desk_of
from handlers.team.access import access_of, cluster_names

MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks something up, for which clusters, and where they read it."""

    actor: Actor
    clusters: tuple[str, ...]
    chat_id: int
    language: str
    topic: int | None = None
    reply_to: int | None = None


def register(app: App) -> None:
    """The commands, in private chats and in staff chats."""
    where = (filters.ChatType.PRIVATE | filters.ChatType.GROUPS) & WRITTEN
    app.add_handler(CommandHandler("open", on_open, where))
    app.add_handler(CommandHandler("enquiry", on_enquiry, where))
    app.add_handler(CommandHandler("search", on_search, where))
    app.add_handler(CommandHandler("unblock", on_unblock, where))
    app.add_handler(CommandHandler("reopen", on_reopen, where))


async def on_open(update: Update, context: Context) -> None:
    """List what has not come to its end, oldest first, by cluster."""
    reader, services = await _reader(update, context, Action.SEE_ENQUIRY), context.services
    async with services.database.read() as session:
        found = await listing.unclosed(session, reader.clusters, now=services.clock())
    shown, names = found[:MOST_LISTED], cluster_names(context)
    by_cluster = {names[one]: [line for line in shown if line.place.cluster == one] for one in reader.clusters}
    more = len(found) - len(shown)
    await _tell(context, reader, "staff/open.html", sections=by_cluster, total=len(found), more=more, clusters=names)


async def on_enquiry(update: Update, context: Context) -> None:
    """/enquiry GFC-2026-00042: show what was said."""
    reader, services = await _reader(update, context, Action.SEE_ENQUIRY), context.services
    async with services.database.begin() as session:
        enquiry = await by_number(session, _argument(context, "/enquiry"))
        found = await transcript(session, enquiry, reader.actor, reader.clusters, now=services.clock())
    await transcripts.send(
        context, reader.chat_id, found, reader.language, topic=reader.topic, reply_to=reader.reply_to
    )


async def on_search(update: Update, context: Context) -> None:
    """/search WORD: list the enquiries in which a word stands."""
    reader, services = await _reader(update, context, Action.SEE_ENQUIRY), context.services
    word = _argument(context, "/search")
    async with services.database.begin() as session:
        found = await search(session, word, reader.actor, reader.clusters, now=services.clock())
        listed = await listing.lines(session, found, reader.clusters, now=services.clock())
    await _tell(context, reader, "staff/found.html", lines=listed, word=word, most=MOST_FOUND)


async def on_unblock(update: Update, context: Context) -> None:
    """/unblock GFC-2026-00042: let the person of an enquiry send again."""
    reader, services = await _reader(update, context, Action.BLOCK_PERSON), context.services
    async with services.database.begin() as session:
        enquiry, cluster = await named(session, _argument(context, "/unblock"), reader.clusters)
        done = await unblock(session, enquiry, reader.actor, cluster, now=services.clock())
    services.outbox.wake()
    await _tell(context, reader, "staff/unblocked.html", number=enquiry.number, done=done)


async def on_reopen(update: Update, context: Context) -> None:
    """/reopen GFC-2026-00042: open a closed enquiry again."""
    reader, services = await _reader(update, context, Action.ANSWER_ENQUIRY), context.services
    async with services.database.begin() as session:
        enquiry, cluster = await named(session, _argument(context, "/reopen"), reader.clusters)
        done, terms = enquiry.is_closed, services.service.terms(enquiry.cluster)
        await reopen_by_staff(session, enquiry, reader.actor, cluster, terms, now=services.clock())
    services.outbox.wake()
    await _tell(context, reader, "staff/open_again.html", number=enquiry.number, done=done)


async def _reader(update: Update, context: Context, action: Action) -> Reader:
    """Return who looks something up; raises NotAllowed, and NotAStaffChat in any other group."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    assert chat and user and message  # noqa: S101, PT018  commands have all three
    if chat.type != ChatType.PRIVATE:
        desk = await desk_of(update, context)
        desk.require(action)
        return Reader(desk.actor, (desk.cluster,), desk.chat_id, desk.language, desk.topic, message.message_id)
    access = await access_of(update, context)
    require(access, action)
    clusters = access.clusters(action, CLUSTERS)
    actor = Actor(user.id, user.full_name, update.update_id)
    return Reader(actor, clusters, chat.id, await language_of(update, context))


async def _tell(context: Context, reader: Reader, template: str, **values: object) -> None:
    html = context.services.texts.render(template, reader.language, link=link_of, **values)
    await say(context, reader.chat_id, html, language=reader.language, reply_to=reader.reply_to, topic=reader.topic)


def _argument(context: Context, command: str) -> str:
    words: Sequence[str] = context.args or ()
    if not words:
        raise NothingSaid(command=command)
    return " ".join(words)


def link_of(line: Line) -> str | None:
    """Return the address of an enquiry's card, where it stands in a supergroup."""
    place = line.place
    if place.chat_id is None or place.card_message_id is None:
        return None
    return card_link(place.chat_id, place.card_message_id)
