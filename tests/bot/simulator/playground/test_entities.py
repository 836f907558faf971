"""Entities become HTML that shows exactly what was written."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.playground.entities import safe_address, to_html


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_text_is_escaped() -> None:
    assert to_html("<b>&'\"") == "&lt;b&gt;&amp;&#39;&#34;"


def test_offsets_count_utf_16_units() -> None:
    assert to_html("🌾 Brot", [entity("bold", 3, 4)]) == "🌾 <strong>Brot</strong>"


def test_entities_nest() -> None:
    html = to_html("abc", [entity("italic", 1, 1), entity("bold", 0, 3)])
    assert html == "<strong>a<em>b</em>c</strong>"


def test_entities_that_overlap_stay_well_formed() -> None:
    html = to_html("abcd", [entity("bold", 0, 3), entity("italic", 2, 2)])
    assert html == "<strong>ab<em>c</em></strong><em>d</em>"


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        ("url", "example.org", "https://example.org"),
        ("url", "http://example.org", "http://example.org"),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("phone_number", "+49 30 1", "tel:+49 30 1"),
    ],
)
def test_what_is_an_address_is_linked(kind: str, text: str, address: str) -> None:
    html = to_html(text, [entity(kind, 0, len(text))])
    assert html == f'<a href="{address}" target="_blank" rel="noopener noreferrer">{text}</a>'


def test_an_address_that_runs_a_script_is_not_linked() -> None:
    assert to_html("hier", [entity("text_link", 0, 4, url="JavaScript:alert(1)")]) == "hier"
    assert safe_address(" javascript:alert(1)") == ""


def test_an_address_cannot_leave_its_attribute() -> None:
    html = to_html("x", [entity("text_link", 0, 1, url='https://a/"onclick="alert(1)')])
    assert 'href="https://a/&#34;onclick=&#34;alert(1)"' in html


def test_a_code_block_names_its_language_and_takes_its_line_break() -> None:
    html = to_html("a\nb\nc", [entity("pre", 2, 1, language="py")])
    assert html == 'a\n<pre data-language="py"><code>b</code></pre>c'


def test_a_command_can_be_pressed() -> None:
    html = to_html("/start", [entity("bot_command", 0, 6)])
    assert html == '<button type="button" class="named" data-command="/start">/start</button>'


def test_an_unknown_entity_is_plain_text() -> None:
    assert to_html("x", [entity("custom_emoji", 0, 1, custom_emoji_id="5")]) == "x"


KINDS = ["bold", "italic", "code", "url", "spoiler", "mention", "bot_command", "unheard_of"]
ENTITIES = st.lists(st.builds(entity, st.sampled_from(KINDS), st.integers(0, 30), st.integers(1, 30)), max_size=6)


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=25), ENTITIES)
def test_no_entity_changes_the_text_or_leaves_a_tag_open(text: str, entities: list[dict[str, Any]]) -> None:
    html = to_html(text, entities)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text
    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z]+)", html):
        assert not closing or opened.pop() == tag
        opened += [] if closing else [tag]
    assert opened == []
