"""Values for the templates of how the bot is; see test_messages."""

from __future__ import annotations

from bot.health import Alert
from storage.readings import Readings

QUIET = Readings()
BUSY = Readings(3, 90.4, 1, 2, 7300, 1, {"sent": 9000, "unknown": 2}, {"running": 1, "paused": 1})
SHOWN = {"errors": 0, "disk": 62.4, "host": "a-1"}
FIGURES = [{"alert": str(alert), "value": value, "host": "a & b"} for alert in Alert for value in (1, 200.4, 9000)]

HEALTH: dict[str, list[dict[str, object]]] = {
    "health/alert.html": [dict(one) for one in FIGURES],
    "health/over.html": [dict(one) for one in FIGURES],
    "health/state.html": [
        {**SHOWN, "readings": QUIET, "wrong": [], "holder": "nobody"},
        {**SHOWN, "readings": BUSY, "wrong": ["inbox"], "holder": "here"},
        {**SHOWN, "readings": Readings(1, 2, 2, 1, 2, 2), "wrong": list(Alert), "holder": "elsewhere"},
    ],
}
"""Each template with what it is given."""
