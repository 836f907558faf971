"""What the templates of funding calls and of the weekly messages are tried with."""

from __future__ import annotations

from datetime import UTC, date, datetime

CLOSES = datetime(2026, 12, 22, 12, tzinfo=UTC)
FACTS: dict[str, object] = {
    "title": "A & B",
    "body": "<i>c</i> &amp; d",
    "other_language": True,
    "programme": "<P>",
    "opens": date(2026, 12, 1),
    "closes": CLOSES,
    "days": 3,
    "is_closed": True,
    "zone": "London",
    "who": ["<A>", "B"],
    "steps": ["C & D"],
    "regions": ["E"],
    "amount": "50 % & more",
    "link": "https://example.org/?a=1&b=2",
    "clusters": ["<F>", "G"],
}
BARE: dict[str, object] = {
    **FACTS,
    "body": "",
    "other_language": False,
    "programme": "",
    "opens": None,
    "closes": None,
    "days": 1,
    "is_closed": False,
    "zone": "",
    "who": [],
    "steps": [],
    "regions": [],
    "amount": "",
    "link": None,
}
BOTH = [FACTS, BARE]
LINE = {"number": 1, "title": "<A>", "programme": "B & C", "opens": date(2026, 12, 1), "closes": CLOSES}
FUNDED: dict[str, list[dict[str, object]]] = {
    "funding/ask.html": [
        {"fact": fact, "zone": "Europe/Berlin"}
        for fact in ("programme", "opens", "closes", "who", "steps", "regions", "amount", "link")
    ],
    "funding/consent.html": [{}],
    "funding/details.html": [{**facts, "asks_consent": yes} for facts in BOTH for yes in (True, False)],
    "funding/enquiry.html": [
        {"title": "<A>", "programme": "B", "who": "C", "region": "D", "step": "E"},
        {"title": "<A>", "programme": "", "who": "", "region": "", "step": ""},
    ],
    "funding/errors/bad_link.html": [{}],
    "funding/errors/closed.html": [{"closes_at": CLOSES}],
    "funding/errors/closes_too_early.html": [{}],
    "funding/errors/none.html": [{}],
    "funding/errors/too_long.html": [{"most": 300}],
    "funding/facts.html": BOTH,
    "funding/filter.html": [{"what": "cluster"}, {"what": "step"}],
    "funding/fit.html": [{"title": "<A>", "asks": asks} for asks in ("who", "region", "step")],
    "funding/fitted.html": [{**FACTS, "doubts": ["closed", "who", "region", "step"]}, {**BARE, "doubts": []}],
    "funding/list.html": [
        {"cluster": "<F>", "step": "C & D", "calls": []},
        {"cluster": "", "step": "", "calls": [LINE, {**LINE, "programme": "", "opens": None, "closes": None}]},
    ],
    "funding/message.html": BOTH,
    "funding/none.html": [{"overview": "A & B", "as_of": "2025"}],
    "funding/overview.html": [{**facts, "is_sent": yes} for facts in BOTH for yes in (True, False)],
    "funding/reminder.html": BOTH,
}
