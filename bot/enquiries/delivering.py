"""What is recorded of a delivery, in the transaction that settles its row, and who is told when it failed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Role
from bot.access.groups import Problem
from bot.enquiries import errands, planning
from bot.enquiries.errands import Errand
from storage import enquiries, outbox, plans, staff, staff_chats
from storage.models import OutboxKind, OutboxMessage, OutboxState


async def note_copies(session: AsyncSession, errand: Errand) -> None:
    """Keep what the messages that have arrived are about."""
    for copy in errand.copies:
        await enquiries.note_relayed(
            session,
            errand.chat_id,
            [copy.message_id],
            enquiry_id=errand.enquiry.id,
            kind=copy.kind,
            entry_id=copy.entry_id,
        )


async def arrived(session: AsyncSession, errand: Errand, *, now: datetime) -> None:
    """Record a delivery that Telegram has confirmed; a group that takes messages again gets what waited for it."""
    await note_copies(session, errand)
    await _show_on_cards(session, errand, now)
    if errand.card_shown is not None:
        await errands.keep_place(session, errand, card_shown=errand.card_shown)
    if errand.chat is None or errand.chat.problem is None:
        return
    is_about_topics = errand.chat.problem == Problem.CANNOT_MANAGE_TOPICS
    if not is_about_topics or any(copy.kind == "card" for copy in errand.copies):
        await staff_chats.set_problem(session, errand.chat.chat_id, None)
        await outbox.unpark(session, errand.chat.cluster)


async def given_up(
    session: AsyncSession, errand: Errand, state: OutboxState, error: str, *, owners: Collection[int], now: datetime
) -> None:
    """Record a delivery that has failed for good: the staff is told of their own, the owners of what the staff misses.

    Nobody waits for a notice of the bot.
    """
    await note_copies(session, errand)
    await _show_on_cards(session, errand, now)
    if errand.chat is not None:
        # Nobody knows what the card shows now.
        await errands.keep_place(session, errand, card_shown=None)
        key = str(errand.row.id)
        await planning.tell_people(session, errand.enquiry, owners, "not_sent.html", key=key, now=now, error=error)
    elif errand.row.kind == OutboxKind.RELAY and errand.entry is not None and errand.entry.cluster is not None:
        cluster, key = errand.entry.cluster, str(errand.entry.id)
        await planning.tell_staff(
            session, errand.enquiry, cluster, "undelivered.html", key=key, now=now, fate=str(state)
        )


async def group_fails(
    session: AsyncSession, errand: Errand, problem: Problem, *, owners: Collection[int], now: datetime
) -> None:
    """Note what is wrong with a group, and tell it once: who linked it, and the owners."""
    await note_copies(session, errand)
    known = await staff_chats.by_chat(session, errand.chat_id)
    if known is None or known.problem is not None:
        return
    await staff_chats.set_problem(session, errand.chat_id, problem)
    await planning.tell_people(
        session,
        errand.enquiry,
        sorted({known.linked_by, *owners}),
        "group_problem.html",
        key=str(errand.row.id),
        now=now,
        cluster=known.cluster,
        problem=str(problem),
    )


async def group_moved(session: AsyncSession, errand: Errand, new: int, *, now: datetime) -> None:
    """A group became a supergroup: it is another chat, in which the cards are sent anew."""
    old = errand.chat_id
    await staff_chats.move(session, old, new)
    await enquiries.migrate_chat(session, old, new)
    await group_ready(session, new, now=now)


async def group_ready(session: AsyncSession, chat_id: int, *, now: datetime) -> None:
    """Bring what waited to a group that works for its cluster now, and the cards that stand in the one before."""
    known = await staff_chats.by_chat(session, chat_id)
    if known is not None and known.problem is None:
        await outbox.unpark(session, known.cluster)
        await plans.plan_cards_elsewhere(session, known.cluster, chat_id, now=now)


async def no_staff_chat(session: AsyncSession, row: OutboxMessage, *, owners: Collection[int], now: datetime) -> None:
    """Tell the cluster's administrators, or else the owners, once an enquiry, that it waits for a group."""
    cluster = row.cluster or ""
    if await staff_chats.of_cluster(session, cluster):
        # It was linked in the meantime.
        await outbox.unpark(session, cluster)
        return
    enquiry = await enquiries.by_id(session, row.enquiry_id)
    assert enquiry  # noqa: S101  rows of the outbox refer to it
    people = await staff.with_role(session, cluster, [Role.ADMIN]) or owners
    key = f"{enquiry.id}:{cluster}"
    await planning.tell_people(session, enquiry, people, "no_staff_chat.html", key=key, now=now, cluster=cluster)


async def _show_on_cards(session: AsyncSession, errand: Errand, now: datetime) -> None:
    """The cards show what became of the last answer."""
    if errand.is_to_firm and errand.row.kind in (OutboxKind.RELAY, OutboxKind.WITHDRAW):
        await planning.cards(session, errand.enquiry, now=now)
