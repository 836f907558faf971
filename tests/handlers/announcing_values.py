"""What the templates around the writing of announcements are tried with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from bot.announcements.recurrence import Due

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
LOCAL: dict[str, object] = {"local": datetime(2026, 12, 1, 9)}  # noqa: DTZ001  a local time is meant
TIMES = [Due(AT), Due(AT, "skipped"), Due(AT, "doubled")]
ENDS = ("held", "running", "paused", "skipped", "cancelled", "finished", "planned")
SENDINGS = [SimpleNamespace(due_at=AT, state=state) for state in ENDS]
STEP = {"de": "A & B", "en": "<C>"}


def facts(**values: object) -> dict[str, object]:
    """Return what an announcement shows."""
    known: dict[str, object] = {
        "state": "draft",
        "topic": "<t>",
        "cluster": "F & P",
        "title": "A & <B>",
        "only": "",
        "others": 0,
        "kinds": [],
        "in_two": False,
        "clusters": [],
        "steps": [],
        "count": 1,
        "times": [],
        "left": None,
        "zone": "Europe/Berlin",
        "has_time": False,
        "rule": None,
        "late": "ask",
        "needs_approval": False,
        "rejection": None,
        "sendings": [],
    }
    return {**known, **values}


FULL = {"clusters": ["<F>"], "steps": [STEP], "count": 9, "times": TIMES, "has_time": True, "rule": "FREQ=WEEKLY"}
LEFT = [timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=2), timedelta(hours=47), timedelta(days=3)]
SHOWN = [
    facts(),
    facts(
        state="waiting",
        late="send",
        only="de",
        others=2,
        kinds=["photo", "document", "message"],
        in_two=True,
        needs_approval=True,
        rejection="a < b",
    ),
    *(facts(only=only, others=others) for only in ("de", "en") for others in (0, 1)),
    *(facts(state=state, late="skip", sendings=SENDINGS[:5]) for state in ("paused", "cancelled", "done")),
    *(facts(state="scheduled", left=left, sendings=SENDINGS[2:], **FULL) for left in LEFT),
]
LINES = [
    {"title": "A & B", "cluster": "<F>", "state": "scheduled", "due_at": AT},
    {"title": "", "cluster": "", "state": "draft", "due_at": None},
]
STEPS = ("topic", "cluster", "de", "en", "audience", "when", "late", "overview")
PIECES = ("to", "times", "facts", "state", "approval", "scheduled", "detail")
WITHOUT = ("dropped", "kept", "only_text", "tested", "reason", "as_is", "file_kept", "used")
ERRORS = (
    "none",
    "not_a_draft",
    "changed",
    "second_person",
    "nobody",
    "unread_time",
    "time_missing",
    "too_late",
    "not_copied",
)
ANNOUNCING: dict[str, list[dict[str, object]]] = {
    **{f"announcing/{name}.html": SHOWN for name in (*STEPS, *PIECES)},
    **{f"announcing/{name}.html": [{}] for name in WITHOUT},
    "announcing/to.html": [one for one in SHOWN if one["count"]],
    "announcing/times.html": [facts(), *SHOWN[4:]],
    "announcing/list.html": [{"lines": LINES}, {"lines": []}],
    "announcing/counts.html": [{"title": "<A>", "sendings": [(SENDINGS[0], {"sent": 1200}), (SENDINGS[1], {})]}],
    "announcing/sure.html": [{"title": "<A>", "act": act} for act in ("drop", "cancel")],
    "announcing/approved.html": [{"title": "<A>"}],
    "announcing/rejected.html": [{"title": "<A>", "reason": reason} for reason in (None, "a < b")],
    **{f"announcing/errors/{name}.html": [{}] for name in ERRORS},
    "announcing/errors/too_long.html": [{"title": 200, "text": 3500}],
    "announcing/errors/wrong_weekday.html": [{"day": AT.date()}],
    **{f"announcing/errors/time_{name}.html": [LOCAL] for name in ("passed", "skipped", "too_far")},
}
