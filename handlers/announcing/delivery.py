"""What the broadcast sends: an announcement in the reader's language, with the button that ends it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.announcements.wording import kind_of
from bot.names import CLUSTERS
from bot.telegram.lanes import Lane
from bot.telegram.letters import Copied, Enclosure, Letter, Uploads, send_letter
from handlers.announcing.subjects import teller_of
from handlers.context import App, Context
from handlers.sending import Reader, keyboard, say
from handlers.subscribing.screens import LABELS
from handlers.subscribing.subscribing import tap
from storage.models import Occurrence

Content = dict[str, Any]
"""What `storage.occurrences.freeze` keeps: topic, cluster, and texts by language."""
TOGETHER = "*"


class Written(NamedTuple):
    """An announcement as it is sent, in a language that it is written in."""

    html: str
    language: str


def written(context: Context, content: Content, language: str) -> Written:
    """Render an announcement for a reader; where their language is missing, in the one that there is, and say so."""
    texts, told = context.services.texts, content["texts"]
    chosen = language if language in told else next(iter(told))
    clusters = context.services.router.content.clusters
    names = CLUSTERS if content["cluster"] == TOGETHER else (content["cluster"],)
    html = texts.render(
        "announcements/below.html" if "messages" in told[chosen] else "announcements/message.html",
        language,
        title=told[chosen]["title"],
        body=told[chosen]["body"],
        other_language=chosen != language,
        topic=texts.label(content["topic"], language, source=LABELS),
        clusters=[clusters[name].name for name in names],
    )
    return Written(html, chosen)


async def show(context: Context, content: Content, person: int, language: str) -> None:
    """Show somebody who decides about an announcement what its readers get. Raises TelegramError.

    The buttons of an event or a call are left out: who decides does not reply to it.
    """
    if found := teller_of(content.get("subject")):
        teller, number = found
        await say(context, person, await teller.preview(context, number, language), language=language)
    else:
        await send_to(context, content, Reader(person, language))


async def send(app: App, occurrence: Occurrence, person: int, language: str) -> int:
    """Send an occurrence to one person; return the message's id. Raises TelegramError."""
    context: Context = app.context_types.context(app)
    return await send_to(context, occurrence.content or {}, Reader(person, language, Lane.BULK), occurrence)


async def send_to(context: Context, content: Content, reader: Reader, occurrence: Occurrence | None = None) -> int:
    """Send an announcement to one person, with its buttons; return the message's id. Without an occurrence: a test."""
    if found := teller_of(content.get("subject")):
        teller, number = found
        return await teller.send(context, number, occurrence, reader)
    person, language, lane = reader
    buttons = keyboard([tap(context, content["topic"], language, wanted=False)])
    told = written(context, content, language)
    letter = Letter(told.html, buttons, enclosed_of(content["texts"], told.language))
    # What its author has sent is known to Telegram: nothing is uploaded.
    return await send_letter(context.bot, person, letter, Uploads(), lane=lane)


def enclosed_of(texts: dict[str, dict[str, str]], language: str) -> Enclosure | Copied | None:
    """Return what goes along in a language, as Telegram knows it since its author sent it."""
    kind = kind_of(texts, language)
    if not kind:
        return None
    if kind == "message":
        told = texts[language]
        return Copied(int(told["chat"]), tuple(int(number) for number in told["messages"].split(",")))
    holders = (texts[language], *texts.values())
    return Enclosure(kind, file_id=next(told[kind] for told in holders if kind in told))
