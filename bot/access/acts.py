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
    ANNOUNCEMENT_BEGUN = "announcement_begun"
    ANNOUNCEMENT_CHANGED = "announcement_changed"
    ANNOUNCEMENT_SUBMITTED = "announcement_submitted"
    ANNOUNCEMENT_SCHEDULED = "announcement_scheduled"
    ANNOUNCEMENT_APPROVED = "announcement_approved"
    ANNOUNCEMENT_REJECTED = "announcement_rejected"
    ANNOUNCEMENT_PAUSED = "announcement_paused"
    ANNOUNCEMENT_RESUMED = "announcement_resumed"
    ANNOUNCEMENT_CANCELLED = "announcement_cancelled"
    ANNOUNCEMENT_COPIED = "announcement_copied"
    ANNOUNCEMENT_DELETED = "announcement_deleted"
    ANNOUNCEMENT_RELEASED = "announcement_released"
    ANNOUNCEMENT_SKIPPED = "announcement_skipped"
    ANNOUNCEMENT_EXPORTED = "announcement_exported"
