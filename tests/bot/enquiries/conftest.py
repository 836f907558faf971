"""An enquiry in the making, on each kind of database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.enquiries import Consent, open_enquiry
from storage import drafts
from storage.database import Database
from storage.models import Enquiry

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FIRM = 1001

Opened = Callable[..., Awaitable[Enquiry]]


@pytest.fixture
def opened(database: Database) -> Opened:
    """Open an enquiry of the sample firm: `await opened(update_id=1)`."""

    async def open_one(update_id: int = 1, cluster: str = "nieke", person: int = FIRM, **extra: object) -> Enquiry:
        async with database.begin() as session:
            draft = await drafts.begin(session, person, now=NOW)
            draft.text, draft.firm, draft.way = "Wir suchen einen Partner.", "Muster GmbH", "chat"
            draft.cluster, draft.steps, draft.region = cluster, ["processing"], "DE-NI"
            for name, value in extra.items():
                setattr(draft, name, value)
        async with database.begin() as session:
            return await open_enquiry(
                session,
                person,
                update_id=update_id,
                language="de",
                consent=Consent("1", "Ich stimme zu."),
                most_a_day=5,
                now=NOW,
            )

    return open_one
