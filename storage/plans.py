"""What is to be sent about enquiries, planned in the transaction that causes it; storage.outbox has it sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Enquiry, EnquiryPlace, EnquiryState, OutboxKind, OutboxMessage, OutboxState


async def plan(  # noqa: PLR0913
    session: AsyncSession,
    key: str,
    kind: OutboxKind,
    enquiry_id: int,
    *,
    now: datetime,
    cluster: str | None = None,
    chat_id: int | None = None,
    entry_id: int | None = None,
    values: dict[str, Any] | None = None,
) -> None:
    """Plan a message to the staff chat of `cluster` or to the private chat `chat_id`; the same key is planned once."""
    row = {
        "key": key,
        "lane": f"{cluster or chat_id}:{enquiry_id}",
        "cluster": cluster,
        "chat_id": chat_id,
        "enquiry_id": enquiry_id,
        "entry_id": entry_id,
        "kind": kind,
        "values": values or {},
        "state": OutboxState.PLANNED,
        "departures": 0,
        "attempts": 0,
        "created_at": now,
    }
    await session.execute(insert(session, OutboxMessage).values(row).on_conflict_do_nothing(index_elements=["key"]))


async def plan_card(session: AsyncSession, enquiry_id: int, cluster: str, *, now: datetime, anew: bool = False) -> None:
    """Have the card of a place show what is true; one that waits to be sent will show it anyway.

    `anew`: also where it says so already, since a menu may stand in the place of its buttons.
    """
    query = select(OutboxMessage).where(
        OutboxMessage.enquiry_id == enquiry_id,
        OutboxMessage.cluster == cluster,
        OutboxMessage.kind == OutboxKind.CARD,
        OutboxMessage.state.in_((OutboxState.PLANNED, OutboxState.PARKED)),
    )
    values = {"anew": True} if anew else {}
    waiting = await session.scalar(query.limit(1))
    if waiting is None:
        key = f"card:{uuid4().hex}"
        await plan(session, key, OutboxKind.CARD, enquiry_id, now=now, cluster=cluster, values=values)
    elif anew:
        waiting.values = values


async def plan_cards_elsewhere(session: AsyncSession, cluster: str, chat_id: int, *, now: datetime) -> None:
    """Plan the cards of unclosed enquiries of a cluster that stand in another chat, its group until now."""
    elsewhere = (
        select(EnquiryPlace.enquiry_id)
        .join(Enquiry, Enquiry.id == EnquiryPlace.enquiry_id)
        .where(
            EnquiryPlace.cluster == cluster,
            EnquiryPlace.is_former.is_(False),
            or_(
                EnquiryPlace.chat_id.is_(None), EnquiryPlace.chat_id != chat_id, EnquiryPlace.card_message_id.is_(None)
            ),
            Enquiry.state != EnquiryState.CLOSED,
        )
        .order_by(EnquiryPlace.enquiry_id)
    )
    for enquiry_id in (await session.scalars(elsewhere)).all():
        await plan_card(session, enquiry_id, cluster, now=now)
