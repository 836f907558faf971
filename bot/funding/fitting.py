"""Does a call fit? Three replies beside what the call says of itself; a hint, never a legal statement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.announcements.selection import names
from bot.funding.facts import APPLICANTS
from bot.names import STEPS
from storage.models import FundingCall

OTHER = "-"
"""None of those that can be chosen; for the region: it does not matter, or is not known."""


class Doubt(StrEnum):
    """Why a call probably does not fit."""

    WHO = "who"
    REGION = "region"
    STEP = "step"
    CLOSED = "closed"


class Replies(NamedTuple):
    """Who asks (one of APPLICANTS), where (a region's code), and for which step; OTHER for none of them."""

    who: str
    region: str
    step: str


def doubts(call: FundingCall, replies: Replies, *, now: datetime) -> list[Doubt]:
    """Return what speaks against it; nothing: it looks worth asking.

    What the call does not say speaks against nobody, nor does a region that the person leaves open.
    """
    found = []
    if is_closed(call, now=now):
        found.append(Doubt.CLOSED)
    if call.who and replies.who not in names(call.who, APPLICANTS):
        found.append(Doubt.WHO)
    if call.regions and replies.region not in (OTHER, *call.regions):
        found.append(Doubt.REGION)
    if call.steps and replies.step not in names(call.steps, STEPS):
        found.append(Doubt.STEP)
    return found


def is_closed(call: FundingCall, *, now: datetime) -> bool:
    """Whether the cut-off has passed; a call without one does not close."""
    return call.closes_at is not None and call.closes_at <= now
