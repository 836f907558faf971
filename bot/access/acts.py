"""The words of the audit log; each has its text in messages/staffing/acts.html."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What somebody did or was refused; at most 48 characters."""

    REFUSED = "refused"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_REFUSED = "invitation_refused"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    LINK_OFFERED = "link_offered"
    LINK_REFUSED = "link_refused"
    CHAT_LINKED = "chat_linked"
    CHAT_UNLINKED = "chat_unlinked"
    CHAT_MOVED = "chat_moved"
    CHAT_PROBLEM = "chat_problem"
    AUDIT_EXPORTED = "audit_exported"
