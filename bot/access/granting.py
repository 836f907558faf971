"""Who may give and take which role: nobody makes their equals but an owner."""

from __future__ import annotations

from collections.abc import Sequence

from bot.access.rights import ALL, ALLOWED, Access, Action, NotAllowed, Role, may


def may_grant(access: Access, role: Role, cluster: str) -> bool:
    """Whether a person may give and take a role for a cluster or ALL.

    An owner may everything; an admin of all clusters makes admins of one; an admin makes agents, editors and senders.
    """
    if access.owner:
        return True
    if role is Role.ADMIN:
        return cluster != ALL and may(access.roles, Action.INVITE, ALL)
    return may(access.roles, Action.INVITE, cluster)


def grantable(access: Access, clusters: Sequence[str]) -> list[tuple[Role, str]]:
    """Return every role with every cluster, ALL last, that a person may give and take."""
    return [(role, scope) for role in Role for scope in (*clusters, ALL) if may_grant(access, role, scope)]


def require_grant(access: Access, action: Action, role: Role, cluster: str) -> None:
    """Go on only when `action` (invite or revoke) is allowed for that role; raises NotAllowed."""
    if not may_grant(access, role, cluster):
        raise NotAllowed(action, cluster, roles=() if role is Role.ADMIN else ALLOWED[action])
