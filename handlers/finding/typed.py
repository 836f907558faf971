"""What is typed where a button was expected: a place, a step, "no matter", "cancel"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Message

from bot.answering.words import words
from handlers.context import Context
from handlers.finding import asking, results
from handlers.sending import say
from storage import chats

LONGEST_STEP = 4
"""Words that may still be the name of a step; what is longer is an enquiry or a question of its own."""


async def goes_on(context: Context, message: Message, text: str, language: str) -> bool:
    """Take a text for the answer to the step or the region that was asked; return whether it was one.

    All else is a question or an enquiry of its own; the buttons under the question stay usable.
    """
    async with context.services.database.read() as session:
        asked = await chats.expected(session, message.chat_id, now=context.services.clock())
    if asked is None:
        return False
    if _is_label(context, text, "cancel"):
        await results.expect(context, message.chat_id, None, language=language)
        html = context.services.texts.render("finding/cancelled.html", language)
        await say(context, message.chat_id, html, language=language)
        return True
    if asked["steps"]:
        return await _answers_region(context, message, text, language, asked)
    return await _answers_step(context, message, text, language, asked)


async def _answers_region(
    context: Context, message: Message, text: str, language: str, asked: Mapping[str, Any]
) -> bool:
    router = context.services.router
    region = router.place(text)
    if region is None and not _is_label(context, text, "anywhere"):
        return False
    found = router.chosen(asked["steps"], region, language)
    await results.send(context, message.chat_id, found, enquiry=asked.get("enquiry"), asks_place=False)
    return True


async def _answers_step(context: Context, message: Message, text: str, language: str, asked: Mapping[str, Any]) -> bool:
    router = context.services.router
    place = router.place(text)
    if place is not None:
        await asking.ask_step(context, message.chat_id, language, place)
        return True
    found = router.route(text, language) if len(words(text)) <= LONGEST_STEP and "?" not in text else None
    if found is None or found.kind != "routed":
        return False
    region = found.region or asked.get("region")
    if region is None:
        await asking.ask_region(context, message.chat_id, found.steps[0], language)
    else:
        await results.send(context, message.chat_id, router.chosen(found.steps, region, language), enquiry=None)
    return True


def _is_label(context: Context, text: str, name: str) -> bool:
    texts, written = context.services.texts, text.strip(" .!").casefold()
    return any(written == texts.label(name, language).casefold() for language in texts.languages)
