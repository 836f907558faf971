"""What feeds hold; and that nothing that is no feed breaks anything."""

# ruff: noqa: E501 - feeds have long lines.

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.cleaning import clean, plain_line
from bot.feeds.errors import BadFeed, Fault
from bot.feeds.reading import Feed, Kind, read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


def feed_of(text: str | bytes, charset: str | None = None) -> Feed:
    return read(text.encode() if isinstance(text, str) else text, charset, ZONE, now=NOW)


def calendar(*entries: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\r\n{entry}\r\nEND:VEVENT\r\n" for entry in entries)
    return f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Termine\r\n{inside}END:VCALENDAR\r\n"


def rss(*items: str, language: str = "de") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>N &amp; N</title><language>{language}</language>{inside}</channel></rss>'


ONE = "UID:1\r\nSUMMARY:Tag der Qualität\r\nDTSTART;TZID=Europe/Berlin:20261203T140000\r\nDTEND;TZID=Europe/Berlin:20261203T160000"
SERIES = "UID:2\r\nSUMMARY:Treff\r\nDTSTART;TZID=Europe/Berlin:20261201T090000\r\nRRULE:FREQ=MONTHLY;COUNT=3"
MOVED = "UID:2\r\nRECURRENCE-ID;TZID=Europe/Berlin:20270101T090000\r\nSUMMARY:Treff\r\nDTSTART;TZID=Europe/Berlin:20270105T090000"


def test_an_event() -> None:
    found = feed_of(calendar(ONE))
    [item] = found.items
    assert (found.kind, found.title, item.content["title"]) == (Kind.EVENT, "Termine", "Tag der Qualität")
    assert (item.content["begins"], item.content["ends"]) == ("2026-12-03T13:00:00+00:00", "2026-12-03T15:00:00+00:00")
    assert item.content["zone"] == "Europe/Berlin"


def test_a_series_is_its_occurrences_and_keeps_their_keys_when_one_is_moved() -> None:
    plain, moved = feed_of(calendar(SERIES)).items, feed_of(calendar(SERIES, MOVED)).items
    assert [item.content["begins"][:10] for item in moved] == ["2026-12-01", "2027-01-05", "2027-02-01"]
    assert [item.key for item in plain] == [item.key for item in moved]
    assert [a.digest == b.digest for a, b in zip(plain, moved, strict=True)] == [True, False, True]


def test_what_is_over_too_far_or_too_often_is_left_out() -> None:
    past = ONE.replace("2026", "2025")
    far = ONE.replace("2026", "2028")
    often = SERIES.replace("MONTHLY;COUNT=3", "SECONDLY")
    fine = SERIES.replace("MONTHLY;COUNT=3", "DAILY;BYHOUR=1,2,3;BYSECOND=1,2")
    old = SERIES.replace("20261201", "19010101").replace(";COUNT=3", "")
    assert feed_of(calendar(past, far, often, fine, old)).items == []


def test_a_cancelled_event_is_told_as_such() -> None:
    [item] = feed_of(calendar(f"{ONE}\r\nSTATUS:CANCELLED")).items
    assert item.is_gone


def test_articles() -> None:
    item = (
        "<title>Neu &lt;b&gt;hier&lt;/b&gt;</title><link>https://a.example/1?a=1&amp;b=2</link><guid>g1</guid>"
        "<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate>"
        "<description>&lt;p&gt;Ein &lt;strong&gt;Satz&lt;/strong&gt;&lt;script&gt;alert(1)&lt;/script&gt;.&lt;/p&gt;</description>"
    )
    old = "<title>Alt</title><guid>g2</guid><pubDate>Mon, 23 Nov 2020 10:00:00 +0100</pubDate>"
    found = feed_of(rss(item, old, item))
    [news] = found.items
    assert (found.kind, found.title) == (Kind.NEWS, "N & N")
    assert news.content == {
        "title": "Neu hier",
        "body": "Ein <b>Satz</b>.\n\nhttps://a.example/1?a=1&amp;b=2",
        "language": "de",
    }


def test_atom() -> None:
    found = feed_of(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry><id>urn:1</id><title>A</title>'
        '<updated>2026-11-23T10:00:00Z</updated><link href="https://a.example/a"/>'
        '<content type="html">&lt;i&gt;x&lt;/i&gt;</content></entry></feed>'
    )
    [news] = found.items
    assert news.content == {"title": "A", "body": "<i>x</i>\n\nhttps://a.example/a", "language": "en"}


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'


@pytest.mark.parametrize(
    ("content", "charset", "fault"),
    [
        (BOMB.encode(), None, Fault.ENTITIES),
        (BOMB.encode("utf-16"), None, Fault.ENTITIES),
        (b"\xff\xfe\x00", None, Fault.ENCODING),
        (b"<rss>\xe4</rss>", None, Fault.ENCODING),
        (b'<?xml version="1.0" encoding="utf-7"?><rss/>', None, Fault.ENCODING),
        (b"<rss/>", "no-such", Fault.ENCODING),
        (b"<rss>\0</rss>", None, Fault.ENCODING),
        (b"", None, Fault.NO_FEED),
        (b"https://a.example/feed", None, Fault.NO_FEED),
        (b"<!doctype html><html></html>", None, Fault.NO_FEED),
        (b"<html><body>Hallo</body></html>", None, Fault.NO_FEED),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", None, Fault.NO_FEED),
    ],
)
def test_what_cannot_be_read(content: bytes, charset: str | None, fault: Fault) -> None:
    with pytest.raises(BadFeed) as refused:
        feed_of(content, charset)
    assert refused.value.reason == fault


def test_umlauts_of_older_encodings() -> None:
    text = rss("<title>Größe</title><guid>1</guid>")
    declared = text.replace('version="1.0"?', 'version="1.0" encoding="iso-8859-1"?').encode("cp1252")
    for found in (feed_of(declared), feed_of(text.encode("cp1252"), "windows-1252"), feed_of(text.encode("utf-16"))):
        assert found.items[0].content["title"] == "Größe"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["", "BEGIN:VCALENDAR\r\n", "<rss version='2.0'><channel><item>", "<feed>"]),
)
def test_noise_is_read_or_refused(noise: bytes, start: str) -> None:
    try:
        feed_of(start.encode() + noise)
    except BadFeed as refused:
        assert refused.reason in Fault  # noqa: PT017  either is right


LINES = st.sampled_from(
    [
        "UID:1", "SUMMARY:T", "SUMMARY;LANGUAGE=en:T", "DTSTART:20261203T140000Z", "DTSTART;VALUE=DATE:20261203",
        "DTSTART:2026", "DTEND:20251203T140000Z", "RRULE:FREQ=DAILY", "RRULE:FREQ=NEVER", "RRULE:FREQ=YEARLY;UNTIL=1",
        "RDATE:20261204T140000Z", "EXDATE:20261204", "RECURRENCE-ID:20261204T140000Z", "DURATION:-PT1H", "URL:javascript:x",
        "DTSTART;TZID=Mars/Base:20261203T140000", "SEQUENCE:x", "STATUS:CANCELLED",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(LINES, max_size=7), max_size=4))
def test_odd_calendars_give_whole_items(entries: list[list[str]]) -> None:
    found = feed_of(calendar(*("\r\n".join(lines) for lines in entries)))
    assert len({item.key for item in found.items}) == len(found.items)
    for item in found.items:
        assert datetime.fromisoformat(item.content["begins"]) > NOW
        assert item.content["url"] == ""


PIECES = st.sampled_from(
    ["<b>", "</b>", "<p>", "</p>", "<a href='https://a.example/?x=1&y=2'>", "<a href='javascript:x'>", "</a>", "<i>", "</i>",
     "<script>", "</script>", "&amp;", "&lt;", "<", ">", "Wort ", "<li>", "<img src=x>", "<!--", "-->", "<pre>", "ä", "\0"]
)  # fmt: skip


@pytest.mark.parametrize("most", [5, 1000])
def test_any_html_becomes_what_telegram_takes(most: int) -> None:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(PIECES, max_size=14))
    def check(pieces: list[str]) -> None:
        cleaned = clean("".join(pieces), most)
        assert not set(re.findall(r"</?([a-z]+)", cleaned)) - {"b", "i", "a"}
        assert cleaned.count("<b>") == cleaned.count("</b>")
        assert "<" not in re.sub(r"</?(?:b|i|a)(?: href=\"[^\"<>]*\")?>", "", cleaned)
        assert "\n" not in plain_line("".join(pieces), most)

    check()
