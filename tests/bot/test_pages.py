"""Long texts become several messages, none too long, none with a torn tag."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages import TAG, length, split


def test_a_short_text_stays_whole() -> None:
    assert split("Guten Tag") == ["Guten Tag"]


def test_it_is_cut_between_paragraphs() -> None:
    first, second = "a" * 50, "b" * 50
    assert split(f"{first}\n\n{second}", 64) == [first, second]


def test_a_tag_is_closed_and_opened_again() -> None:
    text = '<a href="https://x.de">' + "eins zwei drei " * 10 + "</a>"
    parts = split(text, 64)
    assert len(parts) > 2
    assert all(part.startswith('<a href="https://x.de">') and part.endswith("</a>") for part in parts)


def test_a_text_without_spaces_is_cut_but_no_entity_is_torn() -> None:
    parts = split("&amp;" * 60, 64)
    assert "".join(parts) == "&amp;" * 60
    assert all(re.fullmatch("(&amp;)+", part) for part in parts)


def test_characters_beyond_the_first_plane_count_twice() -> None:
    assert length("🍞") == 2
    assert [length(part) for part in split("🍞" * 64, 64)] == [64, 64]


def test_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="below 64"):
        split("text", 10)


WORDS = st.sampled_from(["Wort", "&lt;", "\n\n", "\n", " ", "<b>", "</b>", "🍞", "x" * 70, "Satz. "])


@given(st.lists(WORDS, max_size=60))
def test_nothing_is_lost_and_every_part_fits(words: list[str]) -> None:
    text, open_ = "", False
    for word in words:
        if word in ("<b>", "</b>"):
            if (word == "<b>") is open_:
                continue
            open_ = not open_
        text += word
    text += "</b>" if open_ else ""
    parts = split(text, 80)
    assert all(length(part) <= 80 for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    plain = [re.sub(r"\s+", "", TAG.sub("", side)) for side in (text, "".join(parts))]
    assert plain[0] == plain[1]
