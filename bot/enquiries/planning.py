"""What an act causes to be sent: cards, relayed messages, notices; all planned in the transaction of the act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import enquiries, plans
from storage.models import Enquiry, EnquiryMessage, OutboxKind, Side


async def cards(session: AsyncSession, enquiry: Enquiry, *, now: datetime) -> None:
    """Have every card of the enquiry show what is true."""
    for place in await enquiries.places(session, enquiry.id):
        await plans.plan_card(session, enquiry.id, place.cluster, now=now)


async def relay(session: AsyncSession, enquiry: Enquiry, entry: EnquiryMessage, *, now: datetime) -> None:
    """Pass a message on to everybody who did not write it: the firm, and all clusters at work."""
    for cluster in await _readers(session, enquiry, entry):
        await plans.plan(
            session,
            f"relay:{entry.id}:{cluster}",
            OutboxKind.RELAY,
            enquiry.id,
            now=now,
            cluster=cluster,
            chat_id=None if cluster else enquiry.person_id,
            entry_id=entry.id,
        )


async def history(session: AsyncSession, enquiry: Enquiry, cluster: str, *, now: datetime) -> None:
    """Bring the card and all that was said to a cluster that has come to the enquiry."""
    await plans.plan_card(session, enquiry.id, cluster, now=now)
    for entry in await enquiries.entries(session, enquiry.id):
        if entry.withdrawn_at is None and entry.cluster != cluster:
            key = f"relay:{entry.id}:{cluster}"
            await plans.plan(session, key, OutboxKind.RELAY, enquiry.id, now=now, cluster=cluster, entry_id=entry.id)


async def follow(
    session: AsyncSession, enquiry: Enquiry, entry: EnquiryMessage, kind: OutboxKind, *, update_id: int, now: datetime
) -> None:
    """Let the copies of a message follow it; `kind` is EDIT or WITHDRAW."""
    for cluster in await _readers(session, enquiry, entry):
        await plans.plan(
            session,
            f"{kind}:{entry.id}:{cluster}:{update_id}",
            kind,
            enquiry.id,
            now=now,
            cluster=cluster,
            chat_id=None if cluster else enquiry.person_id,
            entry_id=entry.id,
        )


async def tell_person(
    session: AsyncSession, enquiry: Enquiry, template: str, *, key: str, now: datetime, buttons: str = "", **values: Any
) -> None:
    """Plan a notice to the firm: `enquiries/<template>`, `buttons` names a keyboard of handlers.relaying."""
    told = {"template": f"enquiries/{template}", "buttons": buttons, "given": values}
    await plans.plan(
        session,
        f"{template}:{key}",
        OutboxKind.NOTICE,
        enquiry.id,
        now=now,
        chat_id=enquiry.person_id,
        values=told,
    )


async def tell_staff(
    session: AsyncSession,
    enquiry: Enquiry,
    cluster: str,
    template: str,
    *,
    key: str,
    now: datetime,
    buttons: str = "",
    **values: Any,
) -> None:
    """Plan a notice beside the card in the staff chat of a cluster: `staff/<template>`, `buttons` as for the firm."""
    told = {"template": f"staff/{template}", "buttons": buttons, "given": values}
    key = f"{template}:{cluster}:{key}"
    await plans.plan(session, key, OutboxKind.NOTICE, enquiry.id, now=now, cluster=cluster, values=told)


async def tell_people(
    session: AsyncSession,
    enquiry: Enquiry,
    people: Collection[int],
    template: str,
    *,
    key: str,
    now: datetime,
    **values: Any,
) -> None:
    """Plan a notice to administrators in their private chats: `staff/<template>`."""
    told = {"template": f"staff/{template}", "given": values}
    for person in people:
        await plans.plan(
            session,
            f"{template}:{person}:{key}",
            OutboxKind.NOTICE,
            enquiry.id,
            now=now,
            chat_id=person,
            values=told,
        )


async def clusters_at_work(session: AsyncSession, enquiry: Enquiry) -> list[str]:
    """Return the clusters that work on the enquiry, the leading one first."""
    found = [place.cluster for place in await enquiries.places(session, enquiry.id) if not place.is_former]
    return sorted(found, key=lambda cluster: cluster != enquiry.cluster)


async def _readers(session: AsyncSession, enquiry: Enquiry, entry: EnquiryMessage) -> list[str | None]:
    """Return who reads a message: the firm (None) what staff writes, and each cluster at work what others write."""
    firm: list[str | None] = [None] if entry.side == Side.STAFF else []
    return firm + [cluster for cluster in await clusters_at_work(session, enquiry) if cluster != entry.cluster]
