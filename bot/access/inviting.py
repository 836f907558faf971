"""Give a role by a ticket that is passed on, and take it again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import tickets
from bot.access.acts import Act
from bot.access.deeds import Deed
from bot.access.granting import may_grant, require_grant
from bot.access.rights import Access, Action, Role
from bot.access.tickets import OwnTicket, UsedTicket, WrongTicket
from storage import invitations, staff
from storage.database import Database
from storage.invitations import Offer
from storage.models import Invitation, InvitationKind


@dataclass(frozen=True, slots=True)
class Offered:
    """A ticket, to be passed on."""

    ticket: str
    nonce: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """A role that a ticket gave, or that the person had already."""

    role: Role
    cluster: str
    invited_by: int
    is_new: bool


async def invite(database: Database, deed: Deed, key: bytes, role: Role, cluster: str, *, valid: timedelta) -> Offered:
    """Make a ticket for a role; raises NotAllowed."""
    require_grant(deed.access, Action.INVITE, role, cluster)
    async with database.begin() as session:
        kept = await keep(session, deed, cluster, role, valid=valid)
        await deed.note(session, Act.INVITED, cluster, role=role)
    return Offered(tickets.sign(key, kept.kind, kept.nonce, kept.expires_at), kept.nonce, kept.expires_at)


async def keep(session: AsyncSession, deed: Deed, cluster: str, role: Role | None, *, valid: timedelta) -> Invitation:
    """Record a new ticket: for a role, or (None) to link a group."""
    kind = InvitationKind.CHAT if role is None else InvitationKind.ROLE
    offer = Offer(tickets.new_nonce(), kind, role, cluster, deed.now + valid)
    return await invitations.create(
        session, offer, created_by=deed.access.user_id, update_id=deed.update_id, now=deed.now
    )


async def withdraw(database: Database, deed: Deed, nonce: str) -> bool:
    """Take a ticket back; return whether it could still be used. Raises NotAllowed, and WrongTicket for none."""
    async with database.begin() as session:
        known = await invitations.by_nonce(session, nonce)
        if known is None or known.role is None:
            raise WrongTicket
        if known.created_by != deed.access.user_id:
            require_grant(deed.access, Action.INVITE, Role(known.role), known.cluster)
        done = await invitations.withdraw(session, nonce, now=deed.now)
        if done:
            await deed.note(session, Act.INVITATION_WITHDRAWN, known.cluster, role=known.role)
    return done


async def redeem(
    database: Database, deed: Deed, key: bytes, ticket: str, *, name: str, owners: Collection[int]
) -> Granted:
    """Give the role that a ticket promises, once; raises WrongTicket, and a kind of it that says what is wrong."""
    async with database.begin() as session:
        try:
            nonce = tickets.read(key, InvitationKind.ROLE, ticket, deed.now)
            return await _redeem(session, deed, await invitations.by_nonce(session, nonce), name, owners)
        except WrongTicket as error:
            # The refusal is committed before it is told.
            refusal = error
            await deed.note(session, Act.INVITATION_REFUSED, reason=error.reason)
    raise refusal


async def _redeem(
    session: AsyncSession, deed: Deed, known: Invitation | None, name: str, owners: Collection[int]
) -> Granted:
    if known is None or known.role is None or known.revoked_at:
        raise WrongTicket
    person, role, cluster = deed.access.user_id, Role(known.role), known.cluster
    if known.created_by == person:
        raise OwnTicket
    if await staff.by_key(session, person, role, cluster):
        return Granted(role, cluster, known.created_by, is_new=False)
    if known.used_at:
        raise UsedTicket
    issuer = await access_in(session, known.created_by, owners)
    # A ticket is worth no more than the rights of its issuer on the day that it is used.
    if not may_grant(issuer, role, cluster):
        raise WrongTicket
    if not await invitations.use(session, known.nonce, used_by=person, now=deed.now):
        raise UsedTicket
    await staff.grant(session, person, role, cluster, name=name, granted_by=known.created_by, now=deed.now)
    await deed.note(session, Act.ROLE_GRANTED, cluster, role=role, person=person, by=known.created_by)
    return Granted(role, cluster, known.created_by, is_new=True)


async def revoke(database: Database, deed: Deed, person: int, role: Role, cluster: str) -> bool:
    """Take a role, with effect at once; return whether there was one. Raises NotAllowed."""
    require_grant(deed.access, Action.REVOKE, role, cluster)
    async with database.begin() as session:
        done = await staff.revoke(session, person, role, cluster)
        if done:
            await deed.note(session, Act.ROLE_REVOKED, cluster, role=role, person=person)
    return done


async def access_in(session: AsyncSession, user_id: int, owners: Collection[int]) -> Access:
    """Return what a person may do as of now."""
    return Access.of(user_id, owners, await staff.roles_of(session, user_id))
