"""`gfcbot health`: the figures of the database and the disk in lines, for people and scripts."""

from __future__ import annotations

import sys

from sqlalchemy.exc import SQLAlchemyError

from bot.app import reason
from bot.clock import utc_now
from bot.errors import StartError
from bot.health import Health, Judged, Thresholds
from bot.settings import Settings
from storage.database import Database

WRONG = 2


async def run(settings: Settings) -> int:
    """Print one line a figure; return 0, or 2 where the owners would be told. Raises StartError."""
    database = Database(settings.database_url, settings.keys())
    health = Health(database, utc_now, "health", Thresholds.of(settings))
    try:
        stood, judged = await health.read(), await health.judged()
    except (SQLAlchemyError, OSError) as error:
        raise StartError(f"database: {reason(error)}") from None
    finally:
        await database.close()
    lines = {
        "inbox": f"{stood.inbox_open} wait, the oldest {stood.inbox_age:.0f} s; {stood.inbox_set_aside} given up",
        "outbox": f"{stood.outbox_open} wait, the oldest {stood.outbox_age:.0f} s; {stood.outbox_parked} parked",
        "paused": f"{stood.occurrences.get('paused', 0)} announcements",
        "unknown": f"{stood.deliveries.get('unknown', 0)} recipients",
        "disk": f"{health.disk_free_percent():.0f} % free",
    }
    # Errors are counted by the process that runs, see /metrics.
    shown = [one for one in judged if str(one.alert) in lines]
    sys.stdout.writelines(_line(one, lines[str(one.alert)]) for one in shown)
    return WRONG if any(one.is_wrong for one in shown) else 0


def _line(one: Judged, told: str) -> str:
    return f"{'WRONG' if one.is_wrong else 'ok':<6}{one.alert:<10}{told}\n"
