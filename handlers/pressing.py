"""Buttons: the title of one, and a pressed one answered, its keyboard taken away, so that nothing is pressed twice."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from handlers.sending import keyboard_without

ON_A_BUTTON = 40
"""Characters of a title that a button shows on a narrow telephone."""


def short(title: str) -> str:
    """Return a title as a button shows it: cut between words, with a sign that it goes on."""
    if len(title) <= ON_A_BUTTON:
        return title
    return title[: ON_A_BUTTON - 1].rsplit(" ", 1)[0].rstrip(" ,;:·–-") + " …"


async def acknowledge(update: Update) -> CallbackQuery:
    """Answer the press, so that the button does not go on waiting; return it."""
    query = update.callback_query
    assert query  # noqa: S101  only buttons come here
    await query.answer()
    return query


async def take_away(update: Update, prefix: str = "") -> None:
    """Answer the press and take the buttons away whose data begins with `prefix`; an old message keeps its buttons."""
    query = await acknowledge(update)
    if not isinstance(query.message, Message):
        return
    try:
        await query.edit_message_reply_markup(keyboard_without(query.message.reply_markup, prefix))
    except BadRequest:
        return  # It is done already, or the message is too old to be changed.


def pressed(update: Update) -> list[str]:
    """Return the parts of what a pressed button says."""
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    return query.data.split(":")


def person_of(update: Update) -> int:
    """Return who writes or presses in a private chat; the chat has the same id."""
    user = update.effective_user
    assert user  # noqa: S101  only people write and press
    return user.id
