"""Values for the templates of what is kept of a person; see test_messages."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from bot.privacy.operator import Operator
from bot.privacy.retention import Retention
from bot.settings import Settings

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAYS = Retention(Settings()).days
NAMED = Operator("Muster & Co", "Weg 1, 12345 Ort", "a@example.org", "+49 1", "B <c@example.org>", "LfD")
NOBODY = Operator("", "", "", "", "", "")
ENQUIRY = SimpleNamespace(number="GFC-2026-00007", cluster="fpi")
TOLD = {"number": "GFC-2026-00007", "cluster": "fpi", "at": AT, "firm": "A & B", "contact": None, "text": "<c>"}
CONSENT = {"at": AT, "given": True, "about": "events", "version": "1", "text": "Ja & nein"}
CLUSTERS = {"fpi": "F & P"}
NOTHING: dict[str, object] = {"found": [], "memory": None, "draft": None, "enquiries": [], "consents": []}

PRIVATE: dict[str, list[dict[str, object]]] = {
    "privacy/policy.html": [
        {"operator": NAMED, "days": DAYS},
        {"operator": NOBODY, "days": dict.fromkeys(DAYS, 1)},
    ],
    "privacy/lengths.html": [{}],
    "privacy/erased.html": [{"number": "GFC-2026-00007"}],
    "privacy/forget.html": [
        {"enquiries": [], "clusters": CLUSTERS, "is_staff": False},
        {"enquiries": [ENQUIRY], "clusters": CLUSTERS, "is_staff": True},
        {"enquiries": [ENQUIRY, ENQUIRY], "clusters": CLUSTERS, "is_staff": False},
    ],
    "privacy/forget_confirm.html": [
        {"keeps": keeps, "closes": closes} for keeps, closes in ((True, False), (False, True), (False, False))
    ],
    "privacy/forget_kept.html": [{}],
    "privacy/forgotten.html": [{"kept": []}, {"kept": ["GFC-1"]}, {"kept": ["GFC-1", "GFC-2"]}],
    "privacy/mydata.html": [
        {**NOTHING, "clusters": CLUSTERS},
        {
            "found": [("Fragen & mehr", 1200)],
            "memory": {"language": None, "at": AT},
            "draft": {"firm": None, "contact": "<d>", "text": "e & f"},
            "enquiries": [{**TOLD, "messages": count} for count in (1, 2)],
            "consents": [CONSENT, {**CONSENT, "given": False}],
            "clusters": CLUSTERS,
        },
    ],
}
"""Each template with what it is given."""
