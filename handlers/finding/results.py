"""A routing in a chat: the clusters that fit as cards, with the buttons that lead on from there."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Message, Update
from telegram.constants import ParseMode

from bot import routing
from bot.names import STEPS
from bot.routing import SHOWN, Routing
from handlers.context import Context
from handlers.finding.steps import ANYWHERE, LABELS, Keys
from handlers.sending import NO_PREVIEW, Rows, keyboard, say
from storage import chats

LETTERS = "abcdefghijkl"
"""Steps in a button, where several must fit into 64 bytes: a letter each, in the order of STEPS."""
NO_STEP = "-"


def letters(steps: tuple[str, ...]) -> str:
    """Return steps as letters, in the order given."""
    return "".join(LETTERS[STEPS.index(step)] for step in steps) or NO_STEP


def steps_of(code: str) -> tuple[str, ...]:
    """Return the steps that letters stand for."""
    return tuple(STEPS[LETTERS.index(letter)] for letter in code if letter != NO_STEP)


def message(context: Context, found: Routing, *, asks_place: bool = True) -> str:
    """Return what is told of a routing, as Telegram HTML."""
    services = context.services
    today = services.clock().date()
    return routing.render(found, services.router.content, services.texts, today=today, asks_place=asks_place)


async def send(context: Context, chat_id: int, found: Routing, *, enquiry: int | None, asks_place: bool = True) -> None:
    """Send a routing, as a reply to the enquiry (a message of the chat): what corrects it reads the text from there.

    Where the place is not known and asked for, a place alone that is written next is taken for it.
    """
    waits = asks_place and found.kind == "routed" and not found.region
    asked = {"steps": list(found.steps), "enquiry": enquiry} if waits else None
    await expect(context, chat_id, asked, language=found.language)
    buttons = _offered(context, found) if found.kind == "clarify" else routed(context, found)
    html = message(context, found, asks_place=asks_place)
    await say(context, chat_id, html, language=found.language, buttons=buttons, reply_to=enquiry)


async def expect(context: Context, chat_id: int, asked: Mapping[str, object] | None, *, language: str) -> None:
    """Keep what the next message may answer, and the language spoken; None: nothing was asked."""
    async with context.services.database.begin() as session:
        await chats.expect(session, chat_id, asked, last_language=language, now=context.services.clock())


async def show(update: Update, context: Context, html: str, buttons: Rows, language: str) -> None:
    """Put a text in the place of the message whose button was pressed; below it, where that is a picture or too old."""
    query, chat = update.callback_query, update.effective_chat
    assert query and chat  # noqa: S101, PT018  only buttons come here
    await query.answer()
    if isinstance(query.message, Message) and query.message.text is not None:
        await query.edit_message_text(
            html, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons), link_preview_options=NO_PREVIEW
        )
    else:
        await say(context, chat.id, html, language=language, buttons=buttons)


def routed(context: Context, found: Routing) -> Keys:
    """Return the buttons under the clusters that fit."""
    label, clusters = context.services.texts.label, context.services.router.content.clusters
    region, rows = found.region or ANYWHERE, []
    for one in (clusters[ranked.id] for ranked in found.clusters[:SHOWN]):
        text = label("enquire", found.language, source=LABELS, cluster=one.name, today=one.today)
        rows.append([(text, f"enquire:{one.id}:{found.steps[0]}:{region}")])
    wrong = label("not_right", found.language, source=LABELS)
    return [*rows, [(wrong, f"fix:{letters(found.steps)}:{region}")]]


def _offered(context: Context, found: Routing) -> Keys:
    """Return the steps that may be meant; the choice is kept as one that was not recognised."""
    content, region = context.services.router.content, found.region or ANYWHERE
    known = f":{region}" if found.region else ""
    rows = [
        [(content.steps[step].name[found.language], f"fix:{NO_STEP}:{region}:{letters((step,))}{known}")]
        for step in found.offered
    ]
    another = context.services.texts.label("another_step", found.language, source=LABELS)
    return [*rows, [(another, f"fix:{NO_STEP}:{region}")]]
