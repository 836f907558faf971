"""A chat's messages as the page shows them: days, service lines, albums and bubbles, each one piece of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.simulator.playground import bubbles
from bot.simulator.playground.bubbles import Message, Scene
from bot.simulator.playground.markup import template
from bot.simulator.playground.service import service_text

TAIL_SECONDS = 600
"""Messages of one sender within this time stand together, as Telegram groups them."""


@dataclass(frozen=True)
class Item:
    """One piece of the timeline; `key` stays while the messages in it do."""

    key: str
    html: str


def timeline(messages: Sequence[Message], scene: Scene, now: datetime) -> list[Item]:
    """Return the pieces that show `messages`, which are in order; `now` says which day is today."""
    groups = list(_albums(messages))
    items: list[Item] = []
    day = None
    for index, group in enumerate(groups):
        this_day = scene.words.local(group[0]["date"]).date()
        if this_day != day:
            items.append(_day(group[0]["date"], scene, now))
        before = groups[index - 1][-1] if index and this_day == day else None
        after = groups[index + 1][0] if index + 1 < len(groups) else None
        day = this_day
        items.append(_piece(group, before, after, scene))
    return items


def _albums(messages: Sequence[Message]) -> Iterator[list[Message]]:
    """Yield messages alone, and those of one album together."""
    album: list[Message] = []
    for message in messages:
        if album and message.get("media_group_id") != album[0].get("media_group_id"):
            yield album
            album = []
        if message.get("media_group_id"):
            album.append(message)
        else:
            yield [message]
    if album:
        yield album


def _day(moment: int, scene: Scene, now: datetime) -> Item:
    local = scene.words.local(moment).date()
    name = scene.words.day(moment, now.astimezone(scene.words.zone).date())
    return Item(f"day-{local.isoformat()}", template("service.html").render(text=name, kind="day"))


def _piece(group: list[Message], before: Message | None, after: Message | None, scene: Scene) -> Item:
    key = f"message-{group[0]['message_id']}"
    text = service_text(group[0], scene.words)
    if text is not None:
        return Item(key, template("service.html").render(text=text, kind="service", id=group[0]["message_id"]))
    first = not _together(before, group[0], scene)
    last = not _together(group[-1], after, scene)
    return Item(key, bubbles.render(group, scene, first=first, last=last))


def _together(one: Message | None, other: Message | None, scene: Scene) -> bool:
    if one is None or other is None or service_text(one, scene.words) or service_text(other, scene.words):
        return False
    return bool(_sender(one) == _sender(other) and other["date"] - one["date"] < TAIL_SECONDS)


def _sender(message: Message) -> Any:
    return (message.get("sender_chat") or message.get("from") or message["chat"])["id"]
