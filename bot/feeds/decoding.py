"""The bytes of a feed as text: by what it says of itself, by what the server says, and strictly."""

from __future__ import annotations

import codecs
import re

from bot.feeds.errors import BadFeed, Fault

DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ENCODINGS = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "iso8859-1": "cp1252",
    "iso8859-15": "iso8859-15",
    "cp1252": "cp1252",
}
"""What is read; pages that say ISO 8859-1 mean Windows-1252 (Encoding Standard, 4.2)."""


def decode(content: bytes, charset: str | None = None) -> str:
    """Return the text, without a declaration that would no longer be true. Raises BadFeed (ENCODING, ENTITIES)."""
    text = DECLARATION.sub("", _text(content, _encoding(content, charset)), count=1)
    if "<!ENTITY" in text.upper():
        raise BadFeed(Fault.ENTITIES)
    return text


def _encoding(content: bytes, charset: str | None) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    declared = DECLARED.match(content[:200])
    said = declared[1].decode("ascii") if declared else charset
    try:
        name = codecs.lookup(said or "utf-8").name
    except LookupError:
        raise BadFeed(Fault.ENCODING) from None
    if name not in ENCODINGS:
        raise BadFeed(Fault.ENCODING)
    return ENCODINGS[name]


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise BadFeed(Fault.ENCODING) from None
    if "\0" in text:
        raise BadFeed(Fault.ENCODING)
    return text
