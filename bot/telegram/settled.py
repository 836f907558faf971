"""Refusals which say that nothing is left to do, as when an update is handled for the second time."""

from __future__ import annotations

from telegram.error import BadRequest

# Descriptions as Telegram words them; it has no codes for them.
SETTLED = {
    "edit": ("message is not modified",),
    "deleteMessage": ("message to delete not found",),
    "answerCallbackQuery": ("query is too old", "query id is invalid"),
}


def is_settled(method: str, refusal: BadRequest) -> bool:
    """Whether the wished state is there already, or nobody waits for the answer any more."""
    said = refusal.message.lower()
    return any(
        method.startswith(start) and any(words in said for words in descriptions)
        for start, descriptions in SETTLED.items()
    )
