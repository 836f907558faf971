"""From what a bot or a person sends to the text and entities that everybody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.simulator import html
from bot.simulator.errors import bad_request
from bot.simulator.nesting import PLAIN, allowed, order
from bot.simulator.tags import Entity
from bot.simulator.utf16 import units

MOST_ENTITIES = 100
"""Telegram ignores the entities after the first hundred (https://limits.tginfo.me)."""

_NEEDS_LOOK = re.compile(r"[@#/.+]|\d{5}")
_FOUND = re.compile(
    r"""(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})
      | (?P<url>(?:https?|ftp|tg|ton)://[^\s<>"']+[^\s<>"'.,;:!?)\]}]
             |(?<![\w.@/-])(?:[a-zA-Z0-9äöüß-]+\.)+(?:com|org|net|de|eu|info|io|me|at|ch|app|dev|bot)(?![\w-])(?:[/?\#][^\s<>"']*[^\s<>"'.,;:!?)\]}])?)
      | (?P<mention>(?<![\w@/])@[A-Za-z]\w{2,31}(?!\w))
      | (?P<hashtag>(?<![\w\#/])\#\w*[^\W\d]\w*)
      | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))
      | (?P<phone_number>(?<![\w.+])\+\d[\d ()/-]{6,18}\d(?!\w))""",
    re.VERBOSE,
)
_CLOSED = PLAIN | {"text_link", "text_mention", "custom_emoji"}
_TYPES = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic"}
    | {"underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre"}
    | {"text_link", "text_mention", "custom_emoji"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


def formatted(source: str, parse_mode: str = "", entities: Iterable[Entity] | None = None) -> tuple[str, list[Entity]]:
    """Return the text and the entities of a message in the order of their offsets, in UTF-16 code units.

    Raises:
        ApiError: 400 for HTML that Telegram cannot parse, and for any other parse mode, which is not simulated.
    """
    mode = parse_mode.lower()
    if mode not in {"", "html"}:
        raise bad_request(f"unsupported parse_mode: the simulator knows HTML only, not {parse_mode}")
    if not source.isascii() and any("\ud800" <= character <= "\udfff" for character in source):
        raise bad_request("strings must be encoded in UTF-8")
    given: list[Entity]
    text, given = html.parse(source) if mode == "html" else (source, _checked(entities or ()))
    text, given = _trimmed(_CONTROL.sub(" ", text.replace("\r", "")), given)
    kept = allowed(given)
    if _NEEDS_LOOK.search(text):
        kept = sorted([*kept, *_detected(text, kept)], key=order)
    return text, kept[:MOST_ENTITIES]


def _checked(entities: Iterable[Entity]) -> list[Entity]:
    if not isinstance(entities, list | tuple):
        raise bad_request("can't parse entities: Array of MessageEntity expected")
    for entity in entities:
        if not isinstance(entity, dict) or str(entity.get("type")) not in _TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
    # Telegram finds these by itself, and does not trust a bot that claims them.
    found_anyway = {"mention", "hashtag", "bot_command", "url", "email", "phone_number"}
    return [dict(entity) for entity in entities if entity["type"] not in found_anyway]


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    start = units(text) - units(text.lstrip())
    text = text.strip()
    end = units(text)
    for entity in entities:
        last = min(entity["offset"] + entity["length"] - start, end)
        entity["offset"] = max(entity["offset"] - start, 0)
        entity["length"] = last - entity["offset"]
    return text, [entity for entity in entities if entity["length"] > 0]


def _detected(text: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    closed = [entity for entity in entities if entity["type"] in _CLOSED]
    for found in _FOUND.finditer(text):
        offset, length = units(text[: found.start()]), units(found[0])
        if any(_overlap(entity, offset, length) for entity in closed):
            continue
        yield {"type": found.lastgroup, "offset": offset, "length": length}


def _overlap(entity: Entity, offset: int, length: int) -> bool:
    return bool(entity["offset"] < offset + length and offset < entity["offset"] + entity["length"])
