"""Who says what: the staff member who acts, and a message as either side wrote it."""

from __future__ import annotations

from typing import NamedTuple


class Actor(NamedTuple):
    """A staff member; `name` is shown to colleagues only, `update_id` is what they did it with."""

    user_id: int
    name: str
    update_id: int


class Said(NamedTuple):
    """A message of the firm or of the staff, where it was written."""

    chat_id: int
    message_id: int
    author_id: int
    kind: str = "text"
    """The Bot API's name of the content: text, photo, document, voice ..."""
    text: str = ""
    file_id: str | None = None
    media_group_id: str | None = None
