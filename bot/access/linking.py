"""Make a group the place of a cluster's staff, and undo it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import tickets
from bot.access.acts import Act
from bot.access.deeds import Deed
from bot.access.groups import Group, GroupNotReady, GroupTaken, NotLinked, Problem, Standing, problem_of
from bot.access.inviting import access_in, keep
from bot.access.rights import Action, require
from bot.access.tickets import UsedTicket, WrongTicket
from storage import audit, invitations, staff_chats
from storage.database import Database
from storage.models import Invitation, InvitationKind, StaffChat


@dataclass(frozen=True, slots=True)
class Linked:
    """A group that works for a cluster now; `before` is the chat that did so until now."""

    cluster: str
    before: int | None


async def offer_link(database: Database, deed: Deed, key: bytes, cluster: str, *, valid: timedelta) -> str:
    """Make the code to write in the group of a cluster; raises NotAllowed."""
    require(deed.access, Action.LINK_CHAT, cluster)
    async with database.begin() as session:
        kept = await keep(session, deed, cluster, None, valid=valid)
        await deed.note(session, Act.LINK_OFFERED, cluster)
    return tickets.sign(key, kept.kind, kept.nonce, kept.expires_at)


async def link(
    database: Database, deed: Deed, key: bytes, code: str, group: Group, *, owners: Collection[int]
) -> Linked:
    """Make a group the group of a cluster; raises WrongTicket or NotLinked, or a kind of them."""
    refusal: WrongTicket | NotLinked
    async with database.begin() as session:
        try:
            nonce = tickets.read(key, InvitationKind.CHAT, code, deed.now)
            known = await _valid(session, deed, nonce, owners)
            await _check(session, deed, known, group)
            return await _link(session, deed, known, group)
        except (WrongTicket, NotLinked) as error:
            # The refusal is committed before it is told.
            refusal = error
            await deed.note(session, Act.LINK_REFUSED, reason=error.reason, chat=group.chat_id)
    raise refusal


async def _valid(session: AsyncSession, deed: Deed, nonce: str, owners: Collection[int]) -> Invitation:
    known = await invitations.by_nonce(session, nonce)
    if known is None or known.revoked_at:
        raise WrongTicket
    if known.used_at and known.used_by != deed.access.user_id:
        raise UsedTicket
    issuer = await access_in(session, known.created_by, owners)
    if not issuer.allows(Action.LINK_CHAT, known.cluster):
        raise WrongTicket
    return known


async def _check(session: AsyncSession, deed: Deed, known: Invitation, group: Group) -> None:
    if not group.by_admin and deed.access.user_id != known.created_by:
        raise NotLinked
    if problem := problem_of(group.standing):
        raise GroupNotReady(problem)
    taken = await staff_chats.by_chat(session, group.chat_id)
    if taken and taken.cluster != known.cluster:
        raise GroupTaken
    if known.used_at and taken is None:
        raise UsedTicket


async def _link(session: AsyncSession, deed: Deed, known: Invitation, group: Group) -> Linked:
    cluster = known.cluster
    old = await staff_chats.of_cluster(session, cluster)
    before = old.chat_id if old and old.chat_id != group.chat_id else None
    if not await invitations.use(session, known.nonce, used_by=deed.access.user_id, now=deed.now):
        return Linked(cluster, before)
    await staff_chats.link(
        session,
        cluster,
        group.chat_id,
        title=group.title,
        is_forum=group.standing.is_forum,
        linked_by=deed.access.user_id,
        now=deed.now,
    )
    if before:
        await deed.note(session, Act.CHAT_UNLINKED, cluster, chat=before)
    await deed.note(session, Act.CHAT_LINKED, cluster, chat=group.chat_id, by=known.created_by)
    return Linked(cluster, before)


async def unlink(database: Database, deed: Deed, cluster: str) -> StaffChat | None:
    """Leave a cluster without a group; return the one that it had. Raises NotAllowed."""
    require(deed.access, Action.LINK_CHAT, cluster)
    async with database.begin() as session:
        gone = await staff_chats.unlink(session, cluster)
        if gone:
            await deed.note(session, Act.CHAT_UNLINKED, cluster, chat=gone.chat_id)
    return gone


async def follow(database: Database, deed: Deed, old: int, new: int) -> None:
    """Keep the link when Telegram makes a supergroup of a group."""
    async with database.begin() as session:
        moved = await staff_chats.move(session, old, new)
        if moved:
            await audit.write(
                session,
                Act.CHAT_MOVED,
                now=deed.now,
                actor=None,
                cluster=moved.cluster,
                details={"before": old, "chat": new},
                update_id=deed.update_id,
            )


async def notice(database: Database, deed: Deed, chat_id: int, standing: Standing) -> Problem | None:
    """Keep what a change of the bot's rights in a group means; return what is missing now."""
    problem = problem_of(standing)
    async with database.begin() as session:
        known = await staff_chats.by_chat(session, chat_id)
        if known and known.problem != problem:
            await staff_chats.set_problem(session, chat_id, problem)
            await deed.note(session, Act.CHAT_PROBLEM, known.cluster, chat=chat_id, problem=problem)
    return problem
