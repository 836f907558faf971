"""The exact chat message of a reply, in Telegram HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.answering.reply import Reply
from bot.answering.schema import LANGUAGES
from bot.texts import Texts

TAG = re.compile(r"<[^>]+>")


def render(reply: Reply, texts: Texts) -> str:
    """Return the message as the chat shows it."""
    if reply.reason == "language":
        return "\n\n".join(_template(reply, texts, language) for language in reversed(LANGUAGES))
    return _template(reply, texts, reply.language)


def _template(reply: Reply, texts: Texts, language: str) -> str:
    parts = [_part(part, texts, language) for part in reply.parts]
    values = {
        **reply.values,
        "parts": parts,
        "sources": reply.sources,
        "alternatives": reply.alternatives,
        "renamed": (),
        "needs_person": reply.needs_person,
    }
    message = texts.render(reply.template, language, **values)
    renamed = [pair for part in reply.parts for pair in part.get("renamed", ()) if _hides(message, *pair)]
    return (
        texts.render(reply.template, language, **{**values, "renamed": dict.fromkeys(renamed)}) if renamed else message
    )


def _hides(message: str, name: str, today: str) -> bool:
    """Tell whether a message speaks of a cluster by its old name alone."""
    return name in message and today not in message


def _part(part: Mapping[str, Any], texts: Texts, language: str) -> Mapping[str, Any]:
    if part["kind"] != "entry":
        return part
    text = texts.render_source(part["source"], language, fact=part["fact"])
    return {**part, "text": Markup(text)}  # noqa: S704  rendered with autoescape


def plain(message: str) -> str:
    """Return a message as a person reads it, without tags and entities."""
    return html.unescape(TAG.sub("", message))
