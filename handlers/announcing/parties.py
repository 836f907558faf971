"""Whose an announcement is: who may change it, as the database says now."""

from __future__ import annotations

from bot.access import Access, Action, NotAllowed, require
from bot.access.rights import ALLOWED
from storage.models import Announcement


def check_theirs(access: Access, announcement: Announcement) -> None:
    """Go on only for who may announce for its cluster; before it has one, for its author. Raises NotAllowed."""
    if announcement.cluster:
        require(access, Action.ANNOUNCE, announcement.cluster)
    elif announcement.created_by == access.user_id:
        require(access, Action.ANNOUNCE)
    else:
        raise NotAllowed(Action.ANNOUNCE, None, roles=ALLOWED[Action.ANNOUNCE])
