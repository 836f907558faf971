"""What nobody asks for any more goes: what was sent and replied, silent chats, proofs, and the log's oldest entries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.dialects import affected
from storage.models import (
    Attendance,
    AuditEntry,
    ChatMemory,
    Consent,
    Delivery,
    Event,
    FundingCall,
    FundingWish,
    Invitation,
    Occurrence,
    OutboxMessage,
    OutboxState,
)

SETTLED = (OutboxState.SENT, OutboxState.BLOCKED, OutboxState.FAILED)


async def chats(session: AsyncSession, *, before: datetime) -> int:
    """Forget chats in which nothing was said since a time; return how many."""
    return await affected(session, delete(ChatMemory).where(ChatMemory.updated_at < before))


async def sent(session: AsyncSession, *, before: datetime) -> int:
    """Delete what is known of messages and announcements that were sent before a time; return how many rows."""
    ended = select(Occurrence.id).where(Occurrence.finished_at < before)
    messages = delete(OutboxMessage).where(OutboxMessage.sent_at < before, OutboxMessage.state.in_(SETTLED))
    tickets = delete(Invitation).where(Invitation.expires_at < before)
    deliveries = delete(Delivery).where(Delivery.occurrence_id.in_(ended))
    return sum([await affected(session, statement) for statement in (messages, tickets, deliveries)])


async def replies(session: AsyncSession, *, before: datetime) -> int:
    """Delete who came to events that ended, and who wanted to hear of calls that closed, before a time."""
    over = select(Event.id).where(func.coalesce(Event.ends_at, Event.begins_at) < before)
    closed = select(FundingCall.id).where(FundingCall.closes_at < before)
    attendances = delete(Attendance).where(Attendance.event_id.in_(over))
    wishes = delete(FundingWish).where(FundingWish.call_id.in_(closed))
    return sum([await affected(session, statement) for statement in (attendances, wishes)])


async def consents(session: AsyncSession, *, before: datetime) -> int:
    """Delete the proofs of consents that ended before a time, and of their end; return how many."""
    later = aliased(Consent)
    same = or_(later.topic == Consent.topic, later.topic == "*")
    ended = (
        select(later.id)
        .where(later.person_id == Consent.person_id, same, later.given.is_(False), later.at < before)
        .where(later.id > Consent.id)
        .exists()
    )
    old = and_(Consent.at < before, or_(Consent.given.is_(False), ended))
    return await affected(session, delete(Consent).where(old))


async def audit(session: AsyncSession, *, before: datetime) -> int:
    """Delete entries of the audit log from before a time, which the database allows after a year; return how many."""
    return await affected(session, delete(AuditEntry).where(AuditEntry.at < before))
