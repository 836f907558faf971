"""Two pictures drawn from the content, each with its text alternative."""

from __future__ import annotations

from bot.answering.content import Content
from bot.pictures import chain, seats
from bot.pictures.painting import png
from bot.pictures.palette import palette
from bot.pictures.telling import seats_text, value_chain_text
from bot.texts import Texts

__all__ = ["seats_map", "seats_text", "value_chain", "value_chain_text"]


def seats_map(content: Content, texts: Texts, language: str, *, dark: bool) -> bytes:
    """Draw the map of Germany with the seats; return a PNG, 1,080 pixels wide."""
    return png(seats.layout(content, texts, language, palette(dark=dark)))


def value_chain(content: Content, texts: Texts, language: str, *, dark: bool) -> bytes:
    """Draw the steps of the value chain and who works on them; return a PNG, 1,080 pixels wide."""
    return png(chain.layout(content, texts, language, palette(dark=dark)))
