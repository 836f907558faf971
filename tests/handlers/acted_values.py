"""Values for the templates of what the staff does, as the handlers give them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.enquiries.listing import Line
from handlers.staff.books import link_of
from storage.models import Enquiry, EnquiryMessage, EnquiryPlace, EnquiryState, Outcome, Side

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NUMBER = "GFC-2026-00042"


def enquiry(state: EnquiryState = EnquiryState.OPEN, **values: object) -> Enquiry:
    """Return an enquiry that is in no database."""
    known = {"id": 42, "firm": "A & B <GmbH>", "text": "Wir suchen <etwas> & mehr.", "cluster": "fpi", "sent_at": AT}
    return Enquiry(state=state, claimed_name="C & D" if state != EnquiryState.OPEN else None, **known, **values)


def said(kind: str = "text", text: str = "a < b", cluster: str | None = None, **values: object) -> EnquiryMessage:
    """Return a message of the record."""
    side = Side.STAFF if cluster else Side.FIRM
    return EnquiryMessage(kind=kind, text=text, cluster=cluster, side=side, author_id=7, said_at=AT, **values)


KINDS = ("photo", "voice", "video", "contact", "venue", "document", "dice")
ENTRIES = [
    said(),
    said(cluster="fpi", edited_at=AT),
    said(cluster="giqs", withdrawn_at=AT),
    *(said(kind, "") for kind in KINDS),
    said("photo", "c & d"),
]
TRANSCRIPT = {
    "number": NUMBER,
    "entries": ENTRIES,
    "at_work": ["F & P", "<G>"],
    "clusters": {"fpi": "F & P", "giqs": "<G>"},
    "names": {7: "E & F"},
    "steps": ["Logistik & Handel"],
    "region": "Bayern",
}
PLACES = (
    EnquiryPlace(cluster="fpi", chat_id=-1001234, card_message_id=5),
    EnquiryPlace(cluster="giqs", chat_id=-77, card_message_id=5),
    EnquiryPlace(cluster="giqs", done_at=AT),
)
SPANS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=47), timedelta(days=2))
LINES = [Line(enquiry(state), PLACES[0], span) for state in EnquiryState for span in SPANS]
LINES += [Line(enquiry(), place, SPANS[0]) for place in PLACES]
NAMES = {"fpi": "F & P", "giqs": "<G>"}
COMMANDS = ("/reply", "/search", "/enquiry")

ACTED: dict[str, list[dict[str, object]]] = {
    "staff/canned_preview.html": [
        {"number": NUMBER, "text": "a < b", "by": "C & D", "firms_language": "Englisch", "state": state}
        for state in ("preview", "sent")
    ],
    "staff/errors/anonymous.html": [{}],
    "staff/errors/cannot_pass.html": [{}],
    "staff/errors/former.html": [{"number": NUMBER}],
    "staff/errors/none.html": [{}],
    "staff/errors/not_a_staff_chat.html": [{}],
    "staff/errors/not_reopened.html": [{"number": NUMBER, "days": days} for days in (1, 30)],
    "staff/errors/not_the_lead.html": [{"number": NUMBER}],
    "staff/errors/not_yours.html": [{}],
    "staff/errors/nothing_meant.html": [{"command": "/reply"}],
    "staff/errors/nothing_said.html": [{"command": command} for command in COMMANDS],
    "staff/errors/withdrawn.html": [{"number": NUMBER}],
    "staff/errors/word_too_short.html": [{"least": 3}],
    "staff/found.html": [
        {"lines": LINES, "word": "<a>", "most": len(LINES), "link": link_of},
        {"lines": [], "word": "<a>", "most": 20, "link": link_of},
    ],
    "staff/history.html": [
        {"enquiry": enquiry(), **TRANSCRIPT},
        {"enquiry": enquiry(EnquiryState.CLOSED, closed_at=AT, outcome=Outcome.PROJECT), **TRANSCRIPT},
        {"enquiry": enquiry(), **TRANSCRIPT, "entries": [], "steps": [], "region": None},
    ],
    "staff/history_file.html": [{"number": NUMBER}],
    "staff/open.html": [
        {"sections": {"F & P": LINES, "<G>": []}, "total": 99, "more": 3, "link": link_of, "clusters": NAMES},
        {"sections": {"F & P": []}, "total": 0, "more": 0, "link": link_of, "clusters": NAMES},
    ],
    "staff/open_again.html": [{"number": NUMBER, "done": done} for done in (True, False)],
    "staff/prompt.html": [{"number": NUMBER, "person": 7, "by": "C & D", "asks": asks} for asks in (True, False)],
    "staff/taken_back.html": [{"number": NUMBER}],
    "staff/unblocked.html": [{"number": NUMBER, "done": done} for done in (True, False)],
}
