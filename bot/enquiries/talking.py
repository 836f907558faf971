"""What is said in an enquiry: recorded, and planned for the other side. Notes of the staff never come here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import parts, planning
from bot.enquiries.acting import check_unclosed, claim, hold, record
from bot.enquiries.overdue import firm_waits
from bot.enquiries.parties import Actor, Said
from bot.enquiries.reopening import reopen
from bot.enquiries.terms import Terms
from storage import enquiries
from storage.models import Enquiry, EnquiryMessage, EnquiryState, OutboxKind, Side


async def from_firm(session: AsyncSession, enquiry: Enquiry, said: Said, terms: Terms, *, now: datetime) -> None:
    """Pass a message of the firm to all clusters at work; a closed enquiry is opened again. Raises NotReopened."""
    if await enquiries.entry_at(session, said.chat_id, said.message_id):
        return
    if enquiry.is_closed:
        await reopen(session, enquiry, terms, now=now)
    entry = await _recorded(session, enquiry, said, None, now)
    enquiry.warned_at = None
    if not firm_waits(enquiry):
        # A firm that writes again while it waits has waited since its first word.
        enquiry.last_firm_at, enquiry.reminded_at, enquiry.escalated_at = now, None, None
    if enquiry.state == EnquiryState.WAITING:
        enquiry.state = EnquiryState.CLAIMED if enquiry.claimed_by else EnquiryState.OPEN
    if enquiry.held_until is not None:
        await hold(session, enquiry, terms, now)
    await planning.relay(session, enquiry, entry, now=now)
    await planning.cards(session, enquiry, now=now)


async def from_staff(
    session: AsyncSession,
    enquiry: Enquiry,
    said: Said,
    actor: Actor,
    cluster: str,
    *,
    terms: Terms,
    asks: bool = False,
    now: datetime,
) -> None:
    """Pass an answer to the firm; `asks`: it is the firm's turn then. Raises EnquiryClosed."""
    if await enquiries.entry_at(session, said.chat_id, said.message_id):
        return
    check_unclosed(enquiry)
    if enquiry.claimed_by is None:
        await claim(session, enquiry, actor, cluster, terms, now=now)
    entry = await _recorded(session, enquiry, said, cluster, now)
    enquiry.first_answer_at = enquiry.first_answer_at or now
    enquiry.last_staff_at = now
    enquiry.state = EnquiryState.WAITING if asks else enquiry.state
    await hold(session, enquiry, terms, now)
    await parts.work_on(session, enquiry, cluster)
    await planning.relay(session, enquiry, entry, now=now)
    await record(session, enquiry, actor, "ask" if asks else "answer", cluster, now=now)


async def edited(
    session: AsyncSession, chat_id: int, message_id: int, text: str, *, update_id: int, now: datetime
) -> bool:
    """Let the copies follow a message that was changed where it was written; return whether it is one of ours."""
    entry = await enquiries.entry_at(session, chat_id, message_id)
    if entry is None:
        return False
    enquiry = await enquiries.by_id(session, entry.enquiry_id)
    if enquiry is None:
        return False
    if entry.text != text and entry.withdrawn_at is None:
        entry.text, entry.edited_at = text, now
        await planning.follow(session, enquiry, entry, OutboxKind.EDIT, update_id=update_id, now=now)
    return True


async def withdraw(
    session: AsyncSession, enquiry: Enquiry, entry: EnquiryMessage, actor: Actor, *, now: datetime
) -> None:
    """Take back what the staff has sent: the copy in the firm's chat is deleted, and the record says so."""
    if entry.withdrawn_at is None:
        entry.withdrawn_at = now
        await planning.follow(session, enquiry, entry, OutboxKind.WITHDRAW, update_id=actor.update_id, now=now)
        await record(session, enquiry, actor, "withdraw", entry.cluster, now=now)


async def _recorded(
    session: AsyncSession, enquiry: Enquiry, said: Said, cluster: str | None, now: datetime
) -> EnquiryMessage:
    entry = EnquiryMessage(
        enquiry_id=enquiry.id,
        side=Side.STAFF if cluster else Side.FIRM,
        cluster=cluster,
        author_id=said.author_id,
        chat_id=said.chat_id,
        message_id=said.message_id,
        media_group_id=said.media_group_id,
        kind=said.kind,
        text=said.text,
        file_id=said.file_id,
        said_at=now,
    )
    session.add(entry)
    await session.flush()
    return entry
