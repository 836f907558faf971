"""Telegram counts text in UTF-16 code units (https://core.telegram.org/api/entities#entity-length)."""

from __future__ import annotations


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, offset: int, length: int) -> str:
    """Return `length` code units of `text` from `offset` on."""
    if text.isascii():
        return text[offset : offset + length]
    encoded = text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)]
    return encoded.decode("utf-16-le", "replace")
