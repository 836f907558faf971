"""What the templates of announcements are tried with."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.announcements.summary import Summary

STEP = {"de": "A & B", "en": "<C>"}
CHOSEN: dict[str, object] = {"topics": ["A & B"], "clusters": ["<F>"], "steps": [STEP], "zone": "Berlin"}
NONE: dict[str, object] = {"topics": [], "clusters": [], "steps": [], "zone": "Berlin"}
DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR = datetime(2024, 1, 1, 9)  # noqa: DTZ001  only its day of the week and its hour count
LINE: dict[str, object] = {"number": 1, "title": "<A>", "topic": "B & C", "clusters": ["<F>"], "is_reminder": False}
WEEK = Summary(1200, 1, 2, 3, 4, 5, 6, 7, 8, [])
COUNTS = {"weekly": 5, "sent": 1200, "blocked": 2, "failed": 1, "unknown": 3, "planned": 4}
ANNOUNCED: dict[str, list[dict[str, object]]] = {
    "announcements/consent.html": [{}],
    "announcements/digest.html": [
        {"count": 1, "lines": [{**LINE, "is_reminder": True, "closes_at": DUE, "begins_at": None}]},
        {
            "count": 9,
            "lines": [{**LINE, "begins_at": DUE, "closes_at": None}, {**LINE, "begins_at": None, "closes_at": None}],
        },
    ],
    "announcements/digest_over.html": [{}],
    "announcements/summary.html": [
        {"week": WEEK, "clusters": ["<F>"], "coming": coming}
        for coming in ([], [{"at": DUE, "what": what, "title": "A & B"} for what in ("main", "closes", "begins")])
    ],
    "announcements/errors/bad_rule.html": [{}],
    "announcements/message.html": [
        {"title": "A & B", "body": "<i>c</i> &amp; d", "other_language": yes, "topic": "<t>", "clusters": ["<F>", "G"]}
        for yes in (True, False)
    ],
    "announcements/below.html": [
        {"other_language": yes, "topic": "<t>", "clusters": ["<F>", "G"]} for yes in (True, False)
    ],
    "announcements/quiet.html": [
        {"quiet": quiet, "sundays": sundays, "zone": "Berlin"} for quiet in ((20, 8), None) for sundays in (True, False)
    ],
    "announcements/report.html": [
        {"state": state, "restored": restored, "title": "A & B", "due_at": DUE, "audience": audience, "counts": counts}
        for state, restored in (
            ("held", True),
            *((state, False) for state in ("held", "running", "paused", "finished")),
        )
        for audience, counts in ((1, {}), (1210, COUNTS))
    ],
    "announcements/subscribe.html": [
        {"screen": screen, **values, "quiet": (20, 8), "sundays": True, "rhythm": rhythm, "digest": HOUR}
        for screen in ("topics", "clusters", "steps", "rhythm", "quiet", "zones")
        for values in (NONE, CHOSEN)
        for rhythm in ("at_once", "weekly")
    ],
    "announcements/unsubscribed.html": [{"was_there": True}, {"was_there": False}],
}
