"""Values for the templates of what the outbox sends; see test_messages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.enquiries import Terms
from bot.enquiries.cards import Answer, Card
from bot.enquiries.expecting import Expectation
from storage.models import Enquiry, EnquiryState, Outcome, Way

TIME = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = {"fpi": "F & P", "giqs": "<G>"}
FATES = (None, "on_its_way", "arrived", "blocked", "failed", "withdrawn")


def enquiry(**values: Any) -> Enquiry:
    """An enquiry whose texts hold what must be escaped."""
    given = {
        "id": 42,
        "firm": "Muster & <Co>",
        "text": "a < b",
        "cluster": "fpi",
        "way": "email",
        "contact": "a&b@example.org",
        "language": "de",
        "state": "open",
        "claimed_name": "A & B",
        "sent_at": TIME,
        "closed_at": TIME,
        "outcome": "answered",
    }
    return Enquiry(**(given | values))


def card(fate: str | None, *, is_former: bool = False, held: bool = False, **values: Any) -> dict[str, object]:
    """What staff/card.html is given."""
    about = enquiry(**values)
    at_work = ("fpi", "giqs") if held else ("fpi",)
    return {
        "card": Card(about, "fpi", is_former, at_work, Answer(fate, TIME) if fate else None, held, held),
        "enquiry": about,
        "number": about.number,
        "at_work": [NAMES[name] for name in at_work],
        "done": [NAMES["giqs"]],
        "steps": ["a & b", "<c>"] if held else [],
        "region": "D & E" if held else None,
        "reasons": ["because <f>"] if held else [],
        "contact": "a&b@example.org",
        "firms_language": "Deutsch",
        "shown": "<g>",
        "is_cut": held,
        "may_have_second_topic": held,
    }


WAYS = [{"number": "GFC-1", "clusters": NAMES, "buttons": "", "enquiry": enquiry(way=way)} for way in Way]
ONE = WAYS[0]
CARDS = [
    *(card(fate, state=state, held=fate is None) for fate in FATES for state in EnquiryState),
    *(card(None, state="closed", outcome=outcome, rating=4, rating_text="<h>") for outcome in Outcome),
    *(card("blocked", way=way) for way in Way),
    card(None, is_former=True),
    card(None, state="waiting", claimed_name=None),
]
RELAYED = {"number": "GFC-1", "text": "<b> & c", "firm": "A & B"}

SENT: dict[str, list[dict[str, object]]] = {
    "enquiries/brought_in.html": [{**ONE, "cluster": "giqs"}],
    "enquiries/closed.html": [
        {**ONE, "outcome": outcome, "buttons": "rating", "terms": Terms()} for outcome in Outcome
    ],
    "enquiries/handed_back.html": [ONE],
    "enquiries/handed_over.html": [{**ONE, "old": "fpi", "new": "giqs"}],
    "enquiries/opened.html": [
        {**one, "expectation": Expectation(True, TIME.date(), None, ()), "is_connected": connected}
        for one in WAYS
        for connected in (True, False)
    ],
    "enquiries/relayed.html": [{**RELAYED, "who": "<G>", "is_corrected": corrected} for corrected in (False, True)],
    "enquiries/reopened.html": [{**ONE, "by_staff": by_staff} for by_staff in (False, True)],
    "enquiries/taken_over.html": [{**ONE, "cluster": "giqs"}],
    "enquiries/withdrawn.html": [{"number": "GFC-1", "who": "<G>"}],
    "staff/brought_in.html": [{**ONE, "old": "giqs", "by": "A & B"}],
    "staff/card.html": CARDS,
    "staff/group_problem.html": [{**ONE, "cluster": "fpi", "problem": "gone"}],
    "staff/handed_over.html": [{**ONE, "to": "giqs", "by": "A & B"}],
    "staff/no_staff_chat.html": [{**ONE, "cluster": "giqs"}],
    "staff/not_sent.html": [{**ONE, "error": "BadRequest"}],
    "staff/outcome.html": [{"enquiry": enquiry(outcome=outcome)} for outcome in Outcome],
    "staff/received.html": [{**ONE, "old": "giqs", "by": "A & B"}],
    "staff/relayed.html": [
        {**RELAYED, "who": who, "needs_name": not who, "is_corrected": bool(who)} for who in ("", "<G>")
    ],
    "staff/part_done.html": [{**ONE, "of": "giqs", "by": "A & B"}],
    "staff/reopened.html": [{**ONE, "by": by} for by in ("", "A & B")],
    "staff/topic_closed.html": [{**ONE, "leads": leads} for leads in (False, True)],
    "staff/undelivered.html": [{**one, "fate": fate} for one in WAYS for fate in ("blocked", "failed")],
    "staff/withdrawn.html": [{"number": "GFC-1"}],
}
"""Each template with what it is given."""
