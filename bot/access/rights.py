"""Roles, actions, and the one table that says which role may do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BotError

ALL = "*"
"""In place of a cluster: all of them."""


class Role(StrEnum):
    """What a person is for a cluster; owners stand in the settings and need no role."""

    ADMIN = "admin"
    EDITOR = "editor"
    SENDER = "sender"
    AGENT = "agent"


class Action(StrEnum):
    """What is not everybody's to do."""

    SEE_STAFF = "see_staff"
    INVITE = "invite"
    REVOKE = "revoke"
    LINK_CHAT = "link_chat"
    SEE_AUDIT = "see_audit"
    SEE_ENQUIRY = "see_enquiry"
    ANSWER_ENQUIRY = "answer_enquiry"
    BLOCK_PERSON = "block_person"
    ANNOUNCE = "announce"
    APPROVE = "approve"
    EDIT_CONTENT = "edit_content"
    SEE_QUESTIONS = "see_questions"
    SEE_HEALTH = "see_health"


ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEE_STAFF: frozenset(Role),
    Action.INVITE: frozenset({Role.ADMIN}),
    Action.REVOKE: frozenset({Role.ADMIN}),
    Action.LINK_CHAT: frozenset({Role.ADMIN}),
    Action.SEE_AUDIT: frozenset({Role.ADMIN}),
    Action.SEE_ENQUIRY: frozenset({Role.ADMIN, Role.AGENT}),
    Action.ANSWER_ENQUIRY: frozenset({Role.ADMIN, Role.AGENT}),
    Action.BLOCK_PERSON: frozenset({Role.ADMIN, Role.AGENT}),
    Action.ANNOUNCE: frozenset({Role.ADMIN, Role.SENDER}),
    Action.APPROVE: frozenset({Role.ADMIN}),
    Action.EDIT_CONTENT: frozenset({Role.ADMIN, Role.EDITOR}),
    Action.SEE_QUESTIONS: frozenset({Role.ADMIN, Role.EDITOR}),
    Action.SEE_HEALTH: frozenset({Role.ADMIN}),
}
EVERYWHERE = frozenset({Action.SEE_HEALTH})
"""These take a role for all clusters."""

Held = tuple[tuple[Role, str], ...]
"""Roles, each with its cluster or ALL."""


class NotAllowed(BotError):  # noqa: N818  it is an answer to a person, not a fault
    """Somebody wants what is not theirs to do; the error handler notes it in the audit log."""

    template = "errors/not_allowed.html"

    def __init__(self, action: Action, cluster: str | None, *, roles: Iterable[Role]) -> None:
        super().__init__(roles=[str(role) for role in Role if role in frozenset(roles)])
        self.action, self.cluster = action, cluster


def may(roles: Held, action: Action, cluster: str | None = None) -> bool:
    """Whether roles allow an action for a cluster, for ALL of them, or (None) for at least one."""
    if cluster is None and action in EVERYWHERE:
        cluster = ALL
    scopes = {scope for role, scope in roles if role in ALLOWED[action]}
    return bool(scopes) if cluster is None else bool(scopes & {cluster, ALL})


@dataclass(frozen=True, slots=True)
class Access:
    """A person with what they may do; read anew for each update, so that a revoked role ends at once."""

    user_id: int
    owner: bool = False
    roles: Held = ()

    @classmethod
    def of(cls, user_id: int, owners: Iterable[int], rows: Iterable[tuple[str, str]]) -> Access:
        """Build it from the settings' owners and what `storage.staff.roles_of` returns."""
        return cls(user_id, user_id in owners, tuple((Role(role), cluster) for role, cluster in rows))

    @property
    def is_staff(self) -> bool:
        """Whether the person has any role, or is an owner."""
        return self.owner or bool(self.roles)

    def allows(self, action: Action, cluster: str | None = None) -> bool:
        """Whether the person may do it for the cluster, for ALL, or (None) for at least one."""
        return self.owner or may(self.roles, action, cluster)

    def clusters(self, action: Action, of: Iterable[str]) -> tuple[str, ...]:
        """Return for which clusters `of` those that there are the person may do it."""
        return tuple(cluster for cluster in of if self.allows(action, cluster))


def require(access: Access, action: Action, cluster: str | None = None) -> None:
    """Go on only when it is allowed; raises NotAllowed."""
    if not access.allows(action, cluster):
        raise NotAllowed(action, cluster, roles=ALLOWED[action])
