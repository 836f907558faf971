"""Once a minute: what time does to enquiries."""

from __future__ import annotations

from datetime import timedelta

from bot.enquiries import watching
from handlers.context import App, Context

INTERVAL = timedelta(minutes=1)
JOB = "watching"


def register(app: App) -> None:
    """Once a minute, and soon after the start."""
    assert app.job_queue  # noqa: S101  it comes with the extra that the project installs
    app.job_queue.run_repeating(on_minute, INTERVAL, first=5, name=JOB)


async def on_minute(context: Context) -> None:
    """Look what is due; only when something is, the database is written to."""
    services = context.services
    now, owners = services.clock(), services.settings.owners
    async with services.database.read() as session:
        found = await watching.overdue(session, services.service, now=now)
    if found is None:
        return
    async with services.database.begin() as session:
        await watching.attend(session, found, services.service, owners, now=now)
    services.outbox.wake()
