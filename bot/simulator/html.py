"""Telegram's HTML style (https://core.telegram.org/bots/api#html-style): text and entities, or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.tags import TAGS, Entity, meaning
from bot.simulator.utf16 import units

_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_NAME = re.compile(r"[^\s>/]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9._:-]+")


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]
    piece: int


@dataclass(slots=True)
class _Reader:
    source: str
    place: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def fail(self, reason: str, place: int | None = None) -> ApiError:
        end = "" if place is None else f" at byte offset {len(self.source[:place].encode())}"
        return bad_request(f"can't parse entities: {reason}{end}")

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += units(text)

    def skip_space(self) -> None:
        while self.place < len(self.source) and self.source[self.place].isspace():
            self.place += 1

    def at(self, text: str) -> bool:
        return self.source.startswith(text, self.place)


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the text of `source` and its entities, in the order in which they end.

    Raises:
        ApiError: 400 "can't parse entities", as Telegram words it.
    """
    reader = _Reader(source)
    while reader.place < len(source):
        following = source.find("<", reader.place)
        end = len(source) if following < 0 else following
        reader.add(_decoded(source[reader.place : end]))
        reader.place = end
        if end < len(source):
            _end_tag(reader) if source.startswith("</", end) else _start_tag(reader)
    if reader.open:
        raise reader.fail(f'Can\'t find end tag corresponding to start tag "{reader.open[-1].tag}"')
    return "".join(reader.pieces), reader.entities


def _decoded(text: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _start_tag(reader: _Reader) -> None:
    begin = reader.place
    name = _NAME.match(reader.source, begin + 1)
    tag = name[0].lower() if name else ""
    reader.place = begin + 1 + len(tag)
    if reader.place >= len(reader.source):
        raise reader.fail("Unclosed start tag", begin)
    if tag not in TAGS:
        raise reader.fail(f'Unsupported start tag "{tag}"', begin)
    attributes = _attributes(reader, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise reader.fail('Tag "span" must have class "tg-spoiler"', begin)
    reader.open.append(_Open(tag, reader.length, attributes, len(reader.pieces)))


def _attributes(reader: _Reader, tag: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        reader.skip_space()
        if reader.place >= len(reader.source):
            raise reader.fail(f'Unclosed start tag "{tag}"', begin)
        if reader.at(">"):
            reader.place += 1
            return attributes
        found = _ATTRIBUTE_NAME.match(reader.source, reader.place)
        if found is None or not found[0]:
            raise reader.fail(f'Empty attribute name in the tag "{tag}"', begin)
        reader.place = found.end()
        reader.skip_space()
        attributes[found[0].lower()] = _value(reader, tag, begin) if reader.at("=") else ""


def _value(reader: _Reader, tag: str, begin: int) -> str:
    reader.place += 1
    reader.skip_space()
    quote = reader.source[reader.place : reader.place + 1]
    if quote not in {'"', "'"}:
        bare = _BARE_VALUE.match(reader.source, reader.place)
        if bare is None:
            raise reader.fail(f'Unexpected end of name token in the tag "{tag}"', begin)
        reader.place = bare.end()
        return bare[0].lower()
    end = reader.source.find(quote, reader.place + 1) if quote else -1
    if end < 0:
        raise reader.fail(f'Unclosed start tag "{tag}"', begin)
    value = reader.source[reader.place + 1 : end]
    reader.place = end + 1
    return _decoded(value)


def _end_tag(reader: _Reader) -> None:
    begin = reader.place
    end = reader.source.find(">", begin)
    if not reader.open:
        raise reader.fail("Unexpected end tag", begin)
    if end < 0:
        raise reader.fail("Unclosed end tag", begin)
    tag = reader.source[begin + 2 : end].strip().lower()
    opened = reader.open.pop()
    if tag not in {"", opened.tag}:
        reason = f'Unmatched end tag at byte offset {len(reader.source[:begin].encode())}, expected "</{opened.tag}>"'
        raise reader.fail(f'{reason}, found "</{tag}>"')
    reader.place = end + 1
    _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    length = reader.length - opened.start
    inside = "".join(reader.pieces[opened.piece :])
    described = meaning(opened.tag, opened.attributes, inside)
    if opened.tag == "pre":
        described |= _language(reader, opened.start, length)
    if length and described:
        reader.entities.append({"offset": opened.start, "length": length} | described)


def _language(reader: _Reader, start: int, length: int) -> dict[str, str]:
    last = reader.entities[-1] if reader.entities else {}
    if last.get("type") == "code" and (last["offset"], last["length"]) == (start, length):
        reader.entities.pop()
        return {"language": last["language"]} if "language" in last else {}
    return {}
