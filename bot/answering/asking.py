"""One question as a JSON object, answered as a JSON object; for tests, tools and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answering.answerer import Answerer
from bot.answering.rendering import render
from bot.answering.reply import Context
from bot.texts import Texts


def ask_line(answerer: Answerer, texts: Texts, request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `{"text", "history", "lang"}`; earlier messages are replayed to build the context."""
    language = request.get("lang")
    context = Context(language=language if language in texts.languages else None)
    for earlier in request.get("history") or ():
        reply = answerer.reply_to(str(earlier), context)
        context = replace(reply.context, language=context.language, last_language=reply.language)
    reply = answerer.reply_to(str(request["text"]), context)
    return {
        "kind": reply.kind,
        "text": render(reply, texts),
        "lang": reply.language,
        "entry": reply.entry,
        "facet": reply.facet,
        "clusters": list(reply.clusters),
        "confidence": reply.confidence,
        "sources": [{"title": one.title, "url": one.url, "as_of": one.as_of} for one in reply.sources],
        "alternatives": [one.text for one in reply.alternatives],
        "reason": reply.reason,
    }
