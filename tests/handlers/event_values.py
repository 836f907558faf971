"""What the templates of events are tried with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

AT = datetime(2026, 12, 3, 13, tzinfo=UTC)
KNOWN: dict[str, object] = {
    "title": "A & <B>",
    "body": "<i>c</i> &amp; d",
    "other_language": False,
    "clusters": ["<F>", "G"],
    "cluster": "F & P",
    "begins": AT,
    "ends": AT + timedelta(hours=2),
    "zone": "",
    "event_zone": "Europe/Berlin",
    "place": None,
    "online": None,
    "link": None,
    "seats": None,
    "free": None,
    "deadline": None,
    "is_over": False,
    "is_cancelled": False,
    "has_begun": False,
    "own": "",
    "place_in_line": 0,
    "only": "",
    "revises": False,
    "changed": ["<t>", "p"],
    "counts": {"yes": 1200, "waiting": 2, "maybe": 0, "no": 1},
    "is_told": True,
}
FULL: dict[str, object] = {
    "place": "Halle 1 & 2, <Lübeck>",
    "online": "https://a.example/x?a=1&b=2",
    "link": "https://b.example",
    "seats": 10,
    "free": 1,
    "deadline": AT - timedelta(days=1),
    "zone": "London",
    "other_language": True,
}
SHOWN: list[dict[str, object]] = [
    KNOWN,
    {**KNOWN, **FULL, "only": "de"},
    {**KNOWN, **FULL, "is_over": True, "free": 3, "only": "en", "revises": True, "is_told": False},
    {**KNOWN, **FULL, "free": 0, "ends": AT + timedelta(days=1), "changed": []},
    {**KNOWN, **FULL, "is_cancelled": True, "body": ""},
    {**KNOWN, "ends": None, "has_begun": True, "own": "yes"},
    *({**KNOWN, "own": own, "place_in_line": 2, "seats": 1, "free": 0} for own in ("yes", "waiting", "maybe", "no")),
]
STEPS = ("cluster", "de", "en", "begin", "end", "place", "seats", "deadline", "link", "overview")
TOLD = ("card", "facts", "when", "reminder", "moved_up", "changed", "correction", "cancellation", "keep")
WITHOUT = ("kept", "only_text", "dropped")
LISTED = [{"title": "A & B", "begins": AT}, {"title": "<C>", "begins": AT}]
ERRORS = (
    "none",
    "not_yet",
    "cancelled",
    "begun",
    "not_a_draft",
    "changed",
    "nothing_changed",
    "ends_too_early",
    "deadline_too_late",
    "bad_seats",
    "bad_link",
    "bad_place",
)
FAULTS = ("too_large", "no_calendar", "no_event", "all_over")
NOBODY: dict[str, object] = {"title": "<A>", "replies": [], "more": 0}
REPLIES = [("c", "A & B"), ("d", "<E>")]
EVENTS: dict[str, list[dict[str, object]]] = {
    **{f"events/{name}.html": SHOWN for name in (*STEPS, *TOLD)},
    **{f"events/{name}.html": [{}] for name in WITHOUT},
    "events/list.html": [
        {"lines": SHOWN, "first": 6, "total": 99, "cluster": "<F>"},
        {"lines": SHOWN[:1], "first": 1, "total": 1, "cluster": ""},
        {"lines": [], "first": 1, "total": 0, "cluster": ""},
        {"lines": [], "first": 1, "total": 0, "cluster": "<F>"},
    ],
    "events/choose.html": [{"lines": LISTED}],
    "events/who.html": [NOBODY, *(NOBODY | {"replies": REPLIES, "more": more} for more in (0, 1, 7))],
    "events/sure.html": [{"act": act, "title": "<A>"} for act in ("drop", "cancel")],
    "events/corrected.html": [{"is_told": told} for told in (True, False)],
    "events/called_off.html": [{"is_told": told} for told in (True, False)],
    **{f"events/errors/{name}.html": [{}] for name in ERRORS},
    "events/errors/registration_over.html": [{"deadline": AT}],
    "events/errors/too_long.html": [{"most": 2500}],
    "events/errors/bad_calendar.html": [{"reason": reason} for reason in FAULTS],
}
