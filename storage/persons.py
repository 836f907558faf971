"""In which columns a person's number stands, and which rows are theirs; a test refuses a column that is not named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import sealing
from storage.models import AuditEntry, Base, Enquiry, EnquiryMessage, EnquiryPlace, InboxUpdate, OutboxMessage, Relayed

OWN: dict[str, tuple[str, ...]] = {
    "attendances": ("person_id",),
    "blocked_people": ("person_id",),
    "chats": ("chat_id",),
    "consents": ("person_id",),
    "deliveries": ("person_id",),
    "drafts": ("person_id",),
    "enquiries": ("person_id",),
    "enquiry_messages": ("author_id",),
    "funding_wishes": ("person_id",),
    "inbox": ("chat_key",),
    "outbox": ("chat_id",),
    "relayed": ("chat_id",),
    "subscribers": ("person_id",),
}
"""What anybody leaves here; a private chat has the number of its person."""
AT_WORK: dict[str, tuple[str, ...]] = {
    "announcements": ("asked_of", "created_by", "submitted_by", "approved_by"),
    "audit": ("actor",),
    "blocked_people": ("blocked_by",),
    "enquiries": ("claimed_by",),
    "events": ("asked_of", "created_by"),
    "feeds": ("added_by",),
    "invitations": ("created_by", "used_by"),
    "staff_chats": ("linked_by",),
    "staff_roles": ("user_id", "granted_by"),
}
"""What staff leaves here by its work, which is the association's."""
NOT_PERSONS = frozenset(
    {
        ("announcements", "touched_by"),
        ("attendances", "touched_by"),
        ("enquiry_messages", "chat_id"),
        ("enquiry_places", "chat_id"),
        ("events", "touched_by"),
        ("staff_chats", "chat_id"),
    }
)
"""Numbers of updates, and of chats where the row is found by its person anyway."""
NEVER_PERSONS = frozenset({"update_id", "message_id", "topic_id", "card_message_id"})
REFUSALS = ("refused", "invitation_refused", "link_refused")
SOMEBODY = "somebody"
"""In the details of the audit log: who was refused and is no staff, by a keyed hash."""
STAFFS = {"enquiries": ("claimed_by", "claimed_name"), "outbox": ("chat_id", "values")}
"""The second holds names of staff, told only where the first is the person's own number."""


def pseudonym(session: AsyncSession, person_id: int) -> str:
    """Return what stands in the audit log for a person who is no staff."""
    return _pseudonyms(session, person_id)[0]


async def rows_of(session: AsyncSession, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept of a person: table -> rows, as JSON takes them; other people's numbers are left out."""
    found = {table.name: [row async for row in _rows(session, table, person_id)] for table in _tables()}
    names = [column.name for column in AuditEntry.__table__.c]
    wanted = AuditEntry.act.in_(REFUSALS), AuditEntry.actor.is_(None)
    pseudonyms = _pseudonyms(session, person_id)
    for entry in await session.scalars(select(AuditEntry).where(*wanted).order_by(AuditEntry.id)):
        if entry.details.get(SOMEBODY) in pseudonyms:
            found["audit"].append({name: _plain(getattr(entry, name)) for name in names})
    return {name: rows for name, rows in found.items() if rows}


def _tables() -> Iterator[Table]:
    names = {*OWN, *AT_WORK, "enquiry_places", "questions", "routing_examples", "sends"}
    return (table for table in Base.metadata.sorted_tables if table.name in names)


async def _rows(session: AsyncSession, table: Table, person_id: int) -> Any:
    columns = {*OWN.get(table.name, ()), *AT_WORK.get(table.name, ())}
    conditions = [table.c[name] == person_id for name in sorted(columns)]
    query = select(table).where(or_(*conditions, *_reached(table, person_id))).order_by(*table.primary_key)
    for row in (await session.execute(query)).mappings():
        told = {name: _plain(value) for name, value in row.items()}
        others = [name for name in columns if row[name] != person_id]
        told |= dict.fromkeys(others)
        owner, names = STAFFS.get(table.name, (None, None))
        if owner and names and row[owner] != person_id:
            told[names] = None
        yield told


def _reached(table: Table, person_id: int) -> Iterator[ColumnElement[bool]]:
    """Yield how rows are reached that belong to an enquiry or to a message of the person."""
    if table.name in {model.__tablename__ for model in (EnquiryPlace, EnquiryMessage, OutboxMessage, Relayed)}:
        yield table.c.enquiry_id.in_(select(Enquiry.id).where(Enquiry.person_id == person_id))
    if table.name in ("questions", "routing_examples", "sends"):
        yield table.c.update_id.in_(select(InboxUpdate.update_id).where(InboxUpdate.chat_key == person_id))


def _pseudonyms(session: AsyncSession, person_id: int) -> list[str]:
    return [found[:16] for found in sealing.hashes(session, "audit", person_id)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
