"""What nobody asks for: each night, and soon after the start, what has had its time is deleted."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot import logs
from bot.privacy.expiring import expire
from bot.privacy.remembering import Memory
from bot.privacy.retention import Retention
from handlers.context import App, Context
from storage import rotation

log = logs.get(__name__)

AT_NIGHT = time(3, 17)
HOUR = timedelta(hours=1)


def register(app: App) -> None:
    """Each night, each hour, and soon after the start."""
    assert app.job_queue  # noqa: S101  it comes with the extra that the project installs
    zone = ZoneInfo(app.bot_data["services"].settings.timezone)
    app.job_queue.run_once(on_night, 1)
    app.job_queue.run_daily(on_night, AT_NIGHT.replace(tzinfo=zone))
    app.job_queue.run_repeating(on_hour, HOUR, first=HOUR)


async def on_night(context: Context) -> None:
    """Delete what is due, and again what a restored back-up brought back; seal what a newer key has to seal."""
    services, now = context.services, context.services.clock()
    retention = Retention(services.settings)
    counts = await expire(services.database, retention, now=now)
    memory = memory_of(context)
    await memory.prune(before=retention.before("tombstones", now))
    counts["forgotten"] = await memory.erase_again(always=True, now=now)
    log.info("deleted what had its time", **{kind: count for kind, count in counts.items() if count})
    services.outbox.wake()
    await _seal(context)


async def on_hour(context: Context) -> None:
    """Delete again what a restored back-up brought back, and enquiries of the forgotten that are closed by now."""
    if count := await memory_of(context).erase_again(always=False, now=context.services.clock()):
        log.info("deleted what came back of forgotten people", rows=count)
        context.services.outbox.wake()


def memory_of(context: Context) -> Memory:
    """Return where it is remembered who was forgotten."""
    services = context.services
    return Memory.beside(services.database, services.settings.kept_beside())


async def _seal(context: Context) -> None:
    """Seal what the newest key has not sealed, a batch at a time."""
    services, done = context.services, 1
    while done:
        async with services.database.begin() as session:
            done = await rotation.seal_anew(session, services.database.keys.ring)
