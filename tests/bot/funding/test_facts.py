"""What fills a fact, what may fit, and when a call reminds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.ladder import reminders
from bot.announcements.selection import bits
from bot.funding.errors import BadLink, ClosesTooEarly, FactTooLong
from bot.funding.facts import APPLICANTS, Fact, checked_link, fill, in_both, next_fact
from bot.funding.fitting import OTHER, Doubt, Replies, doubts
from storage.models import FundingCall

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def call(**values: object) -> FundingCall:
    empty: dict[str, object] = {"zone": "Europe/Berlin", "who": 0, "steps": 0, "regions": [], "answered": []}
    return FundingCall(**{**empty, **values})


def test_the_first_missing_fact_is_asked_for() -> None:
    assert next_fact(call()) is Fact.PROGRAMME
    assert next_fact(call(answered=[fact for fact in Fact if fact is not Fact.WHO])) is Fact.WHO
    assert next_fact(call(answered=list(Fact))) is None


def test_one_line_is_for_both_languages() -> None:
    assert in_both("50 %") == {"de": "50 %", "en": "50 %"}
    assert in_both("bis zu 50 %\n\nup to 50 %") == {"de": "bis zu 50 %", "en": "up to 50 %"}
    assert in_both(" \n ") == {}


@pytest.mark.parametrize("bad", ["example", "ftp://example.org", "https://", "https://a b.org", "javascript:alert(1)"])
def test_what_is_no_page_is_refused(bad: str) -> None:
    with pytest.raises(BadLink):
        checked_link(bad)


def test_a_call_closes_after_it_opens() -> None:
    made = call(opens_on="2027-03-01")
    with pytest.raises(ClosesTooEarly):
        fill(made, Fact.CLOSES, "28.2.2027 12:00", now=NOW)
    fill(made, Fact.CLOSES, "1.3.2027 12:00", now=NOW)
    with pytest.raises(ClosesTooEarly):
        fill(made, Fact.OPENS, "2.3.2027", now=NOW)
    with pytest.raises(FactTooLong):
        fill(made, Fact.PROGRAMME, "x" * 121, now=NOW)


def test_what_is_not_said_speaks_against_nobody() -> None:
    assert doubts(call(), Replies(OTHER, "DE-BY", OTHER), now=NOW) == []
    made = call(who=bits(["farm"], APPLICANTS), regions=["DE-NI"], steps=1, closes_at=NOW)
    assert doubts(made, Replies("large", "DE-BY", OTHER), now=NOW) == [
        Doubt.CLOSED,
        Doubt.WHO,
        Doubt.REGION,
        Doubt.STEP,
    ]
    assert Doubt.REGION not in doubts(made, Replies("farm", OTHER, OTHER), now=NOW)


def test_reminders_come_at_nine_on_either_side_of_a_clock_change() -> None:
    closes = datetime(2027, 4, 5, 10, tzinfo=UTC)
    found = dict(reminders(closes, BERLIN, now=NOW))
    assert [at.astimezone(BERLIN).hour for at in found.values()] == [9, 9, 9]
    assert found[30] == datetime(2027, 3, 6, 8, tzinfo=UTC)
    assert found[3] == datetime(2027, 4, 2, 7, tzinfo=UTC)
    assert list(dict(reminders(closes, BERLIN, now=closes - timedelta(days=4)))) == [3]
