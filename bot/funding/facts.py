"""The facts of a call: what is asked for next, and what fills it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.announcements.selection import bits, names
from bot.announcements.when import read_when
from bot.funding.errors import BadLink, ClosesTooEarly, FactTooLong
from bot.names import STEPS
from storage.models import FundingCall

# The order is kept for ever, since the bits are stored: new ones are added at the end.
APPLICANTS = ("small", "large", "startup", "farm", "research", "association", "public")
LONGEST = {"programme": 120, "amount": 300, "link": 500}
"""Characters. With a title and a text of full length, a call stays one message but for the longest of all."""
END_OF_DAY = "23:59"


class Fact(StrEnum):
    """What a call is asked for, in this order."""

    PROGRAMME = "programme"
    OPENS = "opens"
    CLOSES = "closes"
    WHO = "who"
    STEPS = "steps"
    REGIONS = "regions"
    AMOUNT = "amount"
    LINK = "link"


WRITTEN = frozenset({Fact.PROGRAMME, Fact.OPENS, Fact.CLOSES, Fact.AMOUNT, Fact.LINK})
"""What is typed; the others are chosen with buttons."""


def next_fact(call: FundingCall) -> Fact | None:
    """Return what is missing; None: nothing."""
    return next((fact for fact in Fact if fact not in call.answered), None)


def answer(call: FundingCall, fact: Fact, *, now: datetime) -> None:
    """Note that a fact is filled."""
    call.answered = [*(known for known in call.answered if known != fact), str(fact)]
    call.updated_at = now


def fill(call: FundingCall, fact: Fact, written: str, *, now: datetime) -> None:
    """Keep what was typed for a fact.

    Raises FactTooLong, BadLink, ClosesTooEarly, and what read_when raises.
    """
    text = written.strip()
    if len(text) > LONGEST.get(fact, len(text)):
        raise FactTooLong(most=LONGEST[fact])
    if fact is Fact.PROGRAMME:
        call.programme = " ".join(text.split())
    elif fact is Fact.OPENS:
        _open_on(call, text, now)
    elif fact is Fact.CLOSES:
        _close_at(call, text, now)
    elif fact is Fact.AMOUNT:
        call.amount = in_both(text)
    else:
        call.link = checked_link(text)


def leave_out(call: FundingCall, fact: Fact) -> None:
    """Leave a fact out: open already, open until further notice, not told, for anybody, anywhere."""
    empty: dict[Fact, tuple[str, object]] = {
        Fact.OPENS: ("opens_on", None),
        Fact.CLOSES: ("closes_at", None),
        Fact.WHO: ("who", 0),
        Fact.STEPS: ("steps", 0),
        Fact.REGIONS: ("regions", []),
        Fact.AMOUNT: ("amount", {}),
        Fact.LINK: ("link", None),
    }
    if fact in empty:
        name, value = empty[fact]
        setattr(call, name, value)


def switch(call: FundingCall, fact: Fact, value: str) -> None:
    """Take one of several in or out. Raises ValueError for an unknown one."""
    if fact is Fact.WHO:
        call.who ^= bits([value], APPLICANTS)
    elif fact is Fact.STEPS:
        call.steps ^= bits([value], STEPS)
    else:
        kept = [region for region in call.regions if region != value]
        call.regions = kept if value in call.regions else [*kept, value]


def chosen(call: FundingCall, fact: Fact) -> tuple[str, ...]:
    """Return what is switched on."""
    if fact is Fact.WHO:
        return names(call.who, APPLICANTS)
    return names(call.steps, STEPS) if fact is Fact.STEPS else tuple(call.regions)


def in_both(text: str) -> dict[str, str]:
    """Return a fact in words by language: the first line German, the second English; one line is for both."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return {"de": lines[0], "en": " ".join(lines[1:]) or lines[0]} if lines else {}


def checked_link(text: str) -> str:
    """Return the address of a page. Raises BadLink."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise BadLink from None
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or any(map(str.isspace, text)):
        raise BadLink
    return text


def _open_on(call: FundingCall, text: str, now: datetime) -> None:
    """Keep the first day; it may be today."""
    found = read_when(f"{text} {END_OF_DAY}", ZoneInfo(call.zone), now=now)
    first = found.local.date() if found else now.astimezone(ZoneInfo(call.zone)).date()
    if call.closes_at and call.closes_at.astimezone(ZoneInfo(call.zone)).date() < first:
        raise ClosesTooEarly
    call.opens_on = first.isoformat()


def _close_at(call: FundingCall, text: str, now: datetime) -> None:
    found = read_when(text, ZoneInfo(call.zone), now=now)
    local = found.local if found else now.astimezone(ZoneInfo(call.zone)).replace(tzinfo=None)
    if found is None or (call.opens_on and local.date() < date.fromisoformat(call.opens_on)):
        raise ClosesTooEarly
    call.closes_at = found.at
