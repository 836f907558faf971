"""Sample values for what a firm reads while it writes and follows its enquiries."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from storage.models import EnquiryState, Outcome

TIME = datetime(2026, 11, 24, 12, tzinfo=UTC)
NIEKE = {"id": "nieke", "name": "Nie & KE", "today": "<LI Food>"}
FPI = {"id": "fpi", "name": "FPI", "today": None}
SUGGESTED = [{**NIEKE, "reasons": ["a & b", "c"]}, {**FPI, "reasons": ["d"]}]
BARE: dict[str, Any] = {"cluster": None, "text": None, "firm": None, "way": None}
FULL: dict[str, Any] = {"cluster": NIEKE, "text": "A & <B>" * 100, "firm": "C & D", "way": "email"}
SHOWN: dict[str, Any] = {
    "contact": "a@b.de",
    "files": 2,
    "steps": ["E & F"],
    "region": "G",
    "is_connected": False,
    "consent": "<b>H</b>",
}
CLOSED: list[dict[str, Any]] = [{"state": EnquiryState.CLOSED, "outcome": outcome} for outcome in Outcome]
STATES: list[dict[str, Any]] = [*({"state": state, "outcome": None} for state in EnquiryState), *CLOSED]
ENQUIRY = SimpleNamespace(
    number="GFC-2026-00042", text="<I>", sent_at=TIME, first_answer_at=TIME, closed_at=None, is_closed=False
)
SAID = [
    {"cluster": None, "at": TIME, "kind": "text", "text": "<J>", "is_withdrawn": False},
    {"cluster": "NieKE", "at": TIME, "kind": "photo", "text": "K & L", "is_withdrawn": False},
    {"cluster": "NieKE", "at": TIME, "kind": "text", "text": "", "is_withdrawn": True},
]
DETAIL = {"enquiry": ENQUIRY, "cluster": NIEKE, "sent_at": TIME, "is_connected": False, "said": SAID, "earlier": 3}

WRITTEN: dict[str, list[dict[str, object]]] = {
    "enquiries/consent.html": [{"cluster": NIEKE, "days": {"enquiries": 365, "withdrawn": 30}}],
    "enquiries/detail.html": [{**DETAIL, **STATES[0]}, {**DETAIL, **CLOSED[0], "said": [], "earlier": 0}],
    "enquiries/draft_cluster.html": [{**FULL, "suggested": SUGGESTED}, {**BARE, "suggested": []}],
    "enquiries/draft_contact.html": [FULL, {**FULL, "way": "phone"}],
    "enquiries/draft_drop.html": [{}],
    "enquiries/draft_dropped.html": [{}],
    "enquiries/draft_exists.html": [{}],
    "enquiries/draft_firm.html": [BARE, FULL],
    "enquiries/draft_kept.html": [{"days": days} for days in (1, 30)],
    "enquiries/draft_note.html": [{"note": note} for note in ("attached", "changed", "edited", "not_taken")],
    "enquiries/draft_preview.html": [
        {**FULL, **SHOWN},
        {**FULL, **SHOWN, "way": "phone", "files": 1, "is_connected": True},
        {**FULL, **SHOWN, "cluster": FPI, "way": "chat", "files": 0, "steps": [], "region": None},
    ],
    "enquiries/draft_text.html": [BARE, FULL],
    "enquiries/draft_way.html": [BARE, FULL],
    "enquiries/errors/bad_email.html": [{}],
    "enquiries/errors/bad_phone.html": [{}],
    "enquiries/errors/blocked.html": [{}],
    "enquiries/errors/closed.html": [{"number": "GFC-2026-00042"}],
    "enquiries/errors/message_refused.html": [{"number": "GFC-2026-00042"}],
    "enquiries/errors/no_draft.html": [{}],
    "enquiries/errors/none.html": [{}],
    "enquiries/errors/not_reopened.html": [{"number": "GFC-2026-00042", "days": days} for days in (1, 30)],
    "enquiries/errors/too_fast.html": [{"most": 30, "minutes": 10}],
    "enquiries/errors/too_long.html": [{"most": 3000}],
    "enquiries/errors/too_many.html": [{"most": 1}, {"most": 5}],
    "enquiries/errors/too_many_files.html": [{"most": 10}],
    "enquiries/errors/too_short.html": [{"least": 10}],
    "enquiries/list.html": [
        {"enquiries": []},
        {"enquiries": [{"number": "GFC-2026-00042", "cluster": NIEKE, "sent_at": TIME, **state} for state in STATES]},
    ],
    "enquiries/not_passed.html": [{}],
    "enquiries/rated.html": [{"value": 1}, {"value": 5}],
    "enquiries/rating_in_words.html": [{}],
    "enquiries/rating_thanks.html": [{}],
    "enquiries/withdraw.html": [{"number": "GFC-2026-00042", "cluster": NIEKE, "days": days} for days in (1, 30)],
    "enquiries/write.html": [{"number": "GFC-2026-00042", "cluster": NIEKE}],
}
