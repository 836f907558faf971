"""Who may do what: roles, invitations, groups of the staff. Pure; storage keeps it, handlers ask."""

from bot.access.acts import Act
from bot.access.granting import grantable, may_grant, require_grant
from bot.access.rights import ALL, Access, Action, NotAllowed, Role, may, require

__all__ = [
    "ALL",
    "Access",
    "Act",
    "Action",
    "NotAllowed",
    "Role",
    "grantable",
    "may",
    "may_grant",
    "require",
    "require_grant",
]
