"""The two PNGs: their size, what changes them, and that they can be read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Literal

import pytest
from PIL import Image

from bot import pictures
from bot.answering.content import Content
from bot.names import ClusterId
from bot.pictures import chain, seats
from bot.pictures.lettering import Face, font
from bot.pictures.painting import png
from bot.pictures.palette import DARK, LIGHT, Palette
from bot.pictures.shapes import Disc, Picture, Point
from bot.texts import Texts

Rank = Literal["P", "S"] | None
RANKS: tuple[Rank, ...] = ("P", "S", None)
KINDS = {"seats_map": pictures.seats_map, "value_chain": pictures.value_chain}


Drawn = dict[tuple[str, str, bool], bytes]


@pytest.fixture(scope="module")
def drawn(content: Content, texts: Texts) -> Drawn:
    wanted = product(KINDS, ("de", "en"), (False, True))
    return {(kind, language, dark): KINDS[kind](content, texts, language, dark=dark) for kind, language, dark in wanted}


def test_a_picture_suits_a_phone_and_telegram(drawn: Drawn) -> None:
    for (_, _, dark), picture in drawn.items():
        with Image.open(BytesIO(picture)) as image:
            assert image.format == "PNG"
            assert image.width == 1080
            assert 1400 <= image.height <= 2200
            assert luminance(hex_colour(image)) < 0.1 if dark else luminance(hex_colour(image)) > 0.9
        assert len(picture) < 300_000


def test_language_and_darkness_make_another_picture(drawn: Drawn) -> None:
    assert len(set(drawn.values())) == len(drawn) == 8


def test_the_table_follows_the_content(drawn: Drawn, content: Content, texts: Texts) -> None:
    changed = {rank: pictures.value_chain(with_cell(content, rank), texts, "de", dark=False) for rank in RANKS}
    assert len(set(changed.values())) == 3
    assert changed[content.steps["packaging"].clusters["fpi"]] == drawn["value_chain", "de", False]


def test_marks_are_painted_where_the_layout_puts_them() -> None:
    marks = (Disc(Point(50, 50), 20, "#17648a"), Disc(Point(150, 50), 20, "#17648a", hole="#fbfaf6"))
    with Image.open(BytesIO(png(Picture(200, 100, "#fbfaf6", marks, ())))) as image:
        painted = image.convert("RGB")
    assert [painted.getpixel(place) for place in ((50, 50), (150, 50), (132, 50), (100, 50))] == [
        (0x17, 0x64, 0x8A),
        (0xFB, 0xFA, 0xF6),
        (0x17, 0x64, 0x8A),
        (0xFB, 0xFA, 0xF6),
    ]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_enough_contrast(colours: Palette) -> None:
    """WCAG 2.2 asks for 4.5 : 1 for text and 3 : 1 for marks."""
    for ink in (colours.ink, colours.quiet, *colours.clusters.values()):
        assert contrast(ink, colours.paper) >= 4.5
        assert contrast(ink, colours.band) >= 4.5
    for mark in colours.clusters.values():
        assert contrast(mark, colours.land) >= 3


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_font_has_every_letter(content: Content, texts: Texts, language: str) -> None:
    known = [layout(content, texts, language, LIGHT) for layout in (seats.layout, chain.layout)]
    letters = {letter for picture in known for words in picture.words for letter in words.text}
    for face in (Face(36), Face(36, bold=True)):
        missing = bytes(font(face).getmask("\uffff"))
        assert [letter for letter in letters - {" "} if bytes(font(face).getmask(letter)) == missing] == []


def with_cell(content: Content, rank: Rank) -> Content:
    """Return the content with another rank of FPI at packaging."""
    step = content.steps["packaging"]
    ranks: dict[ClusterId, str] = {**step.clusters}
    ranks.pop("fpi", None)
    if rank:
        ranks["fpi"] = rank
    return replace(content, steps={**content.steps, "packaging": step.model_copy(update={"clusters": ranks})})


def hex_colour(image: Image.Image) -> str:
    red, green, blue = image.convert("RGB").crop((2, 2, 3, 3)).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
