"""What the outbox sends: each row rendered as it is true now, and brought to where it belongs now."""

from __future__ import annotations

from bot.telegram.outbox import Outcome, Parcel, Settled
from handlers.context import App
from storage.models import OutboxState


async def deliver(app: App, parcel: Parcel) -> Outcome:
    """Send one parcel and say what became of it."""
    del app, parcel
    return Settled(OutboxState.PARKED)
