"""Telegram's HTML: what it means, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator.entities import formatted
from bot.simulator.errors import ApiError


def kinds(source: str) -> list[tuple[str, int, int]]:
    _, entities = formatted(source, "HTML")
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>Hallo</b>", "Hallo", [("bold", 0, 5)]),
        ("<strong>a</strong> <em>b</em>", "a b", [("bold", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "a b c", [("strikethrough", n, 1) for n in (0, 2, 4)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<code>a < b</code>".replace("< b", "&lt; b"), "a < b", [("code", 0, 5)]),
        ("<blockquote>a\nb</blockquote>", "a\nb", [("blockquote", 0, 3)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("  <b> a </b>\n", "a", [("bold", 0, 1)]),
        ("😀<b>ü</b>", "😀ü", [("bold", 2, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<a href=Example.org>a</a>", "a", [("text_link", 0, 1)]),
        ("<b>a</b> <code>b</code>", "a b", [("bold", 0, 1), ("code", 2, 1)]),
        ("&amp;&quot;&#8364;&euro;", '&"€&euro;', []),
    ],
)
def test_tags_become_entities_in_utf16_units(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert formatted(source, "HTML")[0] == text
    assert kinds(source) == expected


def test_a_style_around_code_is_split_by_it() -> None:
    assert kinds("<b>a <code>b</code> c</b>") == [("bold", 0, 2), ("code", 2, 1), ("bold", 3, 2)]


def test_nothing_is_nested_in_code_and_no_kind_in_itself() -> None:
    assert kinds("<pre>a <b>b</b></pre>") == [("pre", 0, 3)]
    assert kinds("<b>a<b>b</b></b>") == [("bold", 0, 2)]
    assert kinds("<blockquote>a<blockquote>b</blockquote></blockquote>") == [("blockquote", 0, 2)]


def test_code_in_pre_names_the_language() -> None:
    _, entities = formatted('<pre><code class="language-python">x</code></pre>', "HTML")
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://example.org", "https://example.org/"),
        ("example.org/a?b=1&amp;c=2", "http://example.org/a?b=1&c=2"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
    ],
)
def test_a_link_keeps_its_address(address: str, stored: str) -> None:
    _, entities = formatted(f'<a href="{address}">here</a>', "HTML")
    assert entities == [{"type": "text_link", "offset": 0, "length": 4, "url": stored}]


@pytest.mark.parametrize(
    "address", ["mailto:a@example.org", "tel:+49301", "http://localhost", "javascript:x", "a b.de", "http://[x"]
)
def test_a_link_that_telegram_does_not_follow_is_dropped(address: str) -> None:
    assert formatted(f'<a href="{address}">here</a>', "HTML") == ("here", [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ü < 5", 'Unsupported start tag "" at byte offset 3'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x>a</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=>a</a>", 'Unexpected end of name token in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        formatted(source, "HTML")
    assert refused.value.status == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_another_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="the simulator knows HTML only, not MarkdownV2"):
        formatted("*a*", "MarkdownV2")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("/start now", "bot_command", "/start"),
        ("/ask@FoodClustersBot", "bot_command", "/ask@FoodClustersBot"),
        ("see https://example.org/a_b?c=1.", "url", "https://example.org/a_b?c=1"),
        ("see foodcluster.de, please", "url", "foodcluster.de"),
        ("write to info@example.org", "email", "info@example.org"),
        ("ask @anna_b now", "mention", "@anna_b"),
        ("our #Käse", "hashtag", "#Käse"),
        ("call +49 30 1234567", "phone_number", "+49 30 1234567"),
    ],
)
def test_telegram_finds_links_and_commands_by_itself(text: str, kind: str, found: str) -> None:
    _, entities = formatted(text)
    assert [(entity["type"], text[entity["offset"] :][: entity["length"]]) for entity in entities] == [(kind, found)]


@pytest.mark.parametrize("text", ["1/2 and/or", "z.B. heute", "a@b", "5 > 3", "#1", "24.11.2026"])
def test_ordinary_text_has_no_entities(text: str) -> None:
    assert formatted(text) == (text, [])


def test_nothing_is_found_in_code_and_links() -> None:
    assert kinds("<code>/start</code>") == [("code", 0, 6)]
    assert kinds('<a href="https://example.org">example.org</a>') == [("text_link", 0, 11)]


def test_only_a_hundred_entities_count() -> None:
    assert len(kinds("<b>a</b> " * 120)) == 100


@pytest.mark.parametrize("entity", [{"type": "blink", "offset": 0, "length": 1}, {"type": "bold"}, "bold"])
def test_wrong_entities_of_the_bot_are_refused(entity: Any) -> None:
    with pytest.raises(ApiError, match="can't parse MessageEntity"):
        formatted("a", entities=[entity])


def test_entities_of_the_bot_are_taken_and_cut_to_the_text() -> None:
    _, entities = formatted("abc", entities=[{"type": "bold", "offset": 1, "length": 9}])
    assert entities == [{"type": "bold", "offset": 1, "length": 2}]
