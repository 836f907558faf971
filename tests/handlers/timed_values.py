"""What the templates about time are tried with."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from bot.enquiries.expecting import MONDAY, Expectation, Times

NAMED: dict[str, Any] = {
    "number": "GFC-2026-00042",
    "clusters": {"nieke": "N & K"},
    "enquiry": {"cluster": "nieke"},
    "cluster": "nieke",
}
MORNING, NOON = (time(9), time(12)), (time(13), time(16, 30))
HOURS = (Times(MONDAY, MONDAY + timedelta(days=3), (MORNING, NOON)), Times(MONDAY, MONDAY, (MORNING,)))
DAY = date(2026, 10, 5)
TIMED: dict[str, list[dict[str, object]]] = {
    "enquiries/expectation.html": [
        {"expectation": Expectation(today, DAY, holiday, times)}
        for today, holiday, times in (
            (True, None, ()),
            (False, None, HOURS),
            (False, {"de": "Tag <der>", "en": "D & D"}, HOURS),
        )
    ],
    "enquiries/timed_out.html": [{**NAMED}],
    "enquiries/warned.html": [{**NAMED, "days": days} for days in (1, 7)],
    "staff/escalation.html": [
        {**NAMED, "numbers": ["GFC-2026-00001"], "more": 0, "hours": 1},
        {**NAMED, "numbers": ["GFC-2026-00001", "GFC-2026-00002"], "more": 3, "hours": 16},
    ],
    "staff/parked.html": [{**NAMED, "count": count} for count in (1, 3)],
    "staff/quiet.html": [{**NAMED, "days": days} for days in (1, 14)],
    "staff/reminder.html": [{**NAMED, "taken_by": taken_by} for taken_by in (None, "A & B")],
}
