"""What an enquiry keeps when it has had its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import enquiries, erasing, plans
from storage.database import Database
from storage.models import (
    Enquiry,
    EnquiryMessage,
    EnquiryState,
    OutboxKind,
    OutboxMessage,
    Outcome,
    Relayed,
    Side,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRM = 1001


async def put(session: AsyncSession, update_id: int, outcome: Outcome | None, days: int = 0) -> int:
    """Keep an enquiry with a message that was relayed, closed so many days ago."""
    enquiry = Enquiry(
        update_id=update_id,
        person_id=FIRM,
        language="de",
        cluster="nieke",
        steps=[],
        text="Wir suchen",
        firm="Muster",
        way="email",
        contact="a@b.de",
        consent_version="1",
        consent_text="Ja",
        state=EnquiryState.CLOSED if outcome else EnquiryState.OPEN,
        outcome=outcome,
        closed_at=NOW - timedelta(days=days) if outcome else None,
        claimed_name="Agnes",
        rating=4,
        rating_text="Gut, danke",
        sent_at=NOW - timedelta(days=400),
        last_firm_at=NOW - timedelta(days=400),
    )
    session.add(enquiry)
    await session.flush()
    entry = EnquiryMessage(
        enquiry_id=enquiry.id,
        side=Side.FIRM,
        author_id=FIRM,
        chat_id=FIRM,
        message_id=update_id,
        kind="text",
        text="Guten Tag",
        said_at=NOW,
    )
    session.add(entry)
    await session.flush()
    key = f"relay:{entry.id}"
    await plans.plan(session, key, OutboxKind.RELAY, enquiry.id, now=NOW, cluster="nieke", entry_id=entry.id)
    await enquiries.note_relayed(session, -7, [update_id], enquiry_id=enquiry.id, kind="relay", entry_id=entry.id)
    return enquiry.id


async def test_who_and_what_goes_and_the_outcome_stays(database: Database) -> None:
    async with database.begin() as session:
        due = await put(session, 1, Outcome.PROJECT, days=366), await put(session, 2, Outcome.WITHDRAWN, days=31)
        kept = [await put(session, 3, Outcome.PROJECT, days=364), await put(session, 4, Outcome.WITHDRAWN, days=29)]
        kept.append(await put(session, 5, None))
    for _ in range(2):
        async with database.begin() as session:
            await erasing.erase(
                session, withdrawn_before=NOW - timedelta(days=30), closed_before=NOW - timedelta(days=365)
            )
    async with database.read() as session:
        assert {one.id for one in await enquiries.of_person(session, FIRM)} == set(kept)
        for table in (EnquiryMessage, OutboxMessage, Relayed):
            assert (await session.scalars(select(func.count()).select_from(table))).one() == len(kept)
        gone = await enquiries.by_id(session, due[0])
        assert gone is not None
        assert (gone.cluster, gone.outcome, gone.rating, gone.number) == (
            "nieke",
            Outcome.PROJECT,
            4,
            f"GFC-2025-{due[0]:05d}",
        )
        left = (gone.person_id, gone.text, gone.firm, gone.contact, gone.rating_text, gone.claimed_name)
        assert left == (erasing.NOBODY, "", "", None, None, None)
