"""Staff for tests, and what the audit log says of them."""

from __future__ import annotations

from bot.app import Running
from storage import audit, staff
from storage.audit import Wanted
from storage.models import AuditEntry
from storage.persons import SOMEBODY
from tests.handlers.conftest import NOW, OWNER


async def hire(bot: Running, person_id: int, role: str, cluster: str = "fpi", name: str = "Muster") -> None:
    """Give a role without an invitation."""
    async with bot.services.database.begin() as session:
        await staff.grant(session, person_id, role, cluster, name=name, granted_by=OWNER, now=NOW)


async def fire(bot: Running, person_id: int, role: str, cluster: str = "fpi") -> None:
    """Take a role."""
    async with bot.services.database.begin() as session:
        await staff.revoke(session, person_id, role, cluster)


async def roles(bot: Running, person_id: int) -> tuple[tuple[str, str], ...]:
    """Return the roles of a person."""
    async with bot.services.database.read() as session:
        return await staff.roles_of(session, person_id)


async def log_of(bot: Running) -> list[AuditEntry]:
    """Return the audit log, oldest entry first."""
    async with bot.services.database.read() as session:
        return list(await audit.page(session, Wanted(), limit=1000))[::-1]


def told_of(entry: AuditEntry) -> tuple[int | None, dict[str, object], bool]:
    """Return who acted, the details, and whether it was somebody who is no staff: known by a keyed hash alone."""
    details = {name: value for name, value in entry.details.items() if name != SOMEBODY}
    return entry.actor, details, SOMEBODY in entry.details


async def acts(bot: Running) -> list[str]:
    """Return the words of the audit log, oldest first."""
    return [entry.act for entry in await log_of(bot)]
