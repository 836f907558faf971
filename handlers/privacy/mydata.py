"""All that is kept of a person, at once: to read, and as a file."""

from __future__ import annotations

import json
from typing import Any

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.privacy.disclosing import Disclosure, disclose
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import person_of
from handlers.sending import say
from handlers.team.access import cluster_names

LABELS = "privacy/labels.html"


def register(app: App) -> None:
    """/mydata, in private chats."""
    app.add_handler(CommandHandler("mydata", on_mydata, filters.ChatType.PRIVATE))


async def on_mydata(update: Update, context: Context) -> None:
    """Tell what is kept, and send it as JSON."""
    services, person, language = context.services, person_of(update), await language_of(update, context)
    async with services.database.read() as session:
        disclosed = await disclose(session, person, now=services.clock())
    text = services.texts.render("privacy/mydata.html", language, **_values(context, disclosed, language))
    await say(context, person, text, language=language)
    name = services.texts.label("file", language, source=LABELS)
    content = json.dumps(disclosed.everything, ensure_ascii=False, indent=2).encode(errors="replace")
    await context.bot.send_document(person, content, filename=f"{name}-{services.clock():%Y-%m-%d}.json")


def _values(context: Context, disclosed: Disclosure, language: str) -> dict[str, Any]:
    texts = context.services.texts
    return {
        "found": [(texts.label(table, language, source=LABELS), count) for table, count in disclosed.counts.items()],
        "memory": disclosed.memory,
        "draft": disclosed.draft,
        "enquiries": disclosed.enquiries,
        "consents": disclosed.consents,
        "clusters": cluster_names(context),
    }
