"""One act of one person: who, when, in which update; it notes itself in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access.acts import Act
from bot.access.rights import Access
from storage import audit
from storage.persons import REFUSALS, SOMEBODY, pseudonym


@dataclass(frozen=True, slots=True)
class Deed:
    """Who acts, in which update, at what time (aware)."""

    access: Access
    update_id: int
    now: datetime

    async def note(
        self,
        session: AsyncSession,
        act: Act,
        cluster: str | None = None,
        *,
        enquiry: int | None = None,
        **details: object,
    ) -> None:
        """Write the audit log, in the same transaction as the act; `details` are numbers and words of ours."""
        actor: int | None = self.access.user_id
        if act in REFUSALS and not self.access.is_staff:
            # What they wanted is for the log, who they are is not: they can be told apart by a keyed hash.
            actor, details[SOMEBODY] = None, pseudonym(session, self.access.user_id)
        await audit.write(
            session,
            act,
            now=self.now,
            actor=actor,
            cluster=cluster,
            enquiry_id=enquiry,
            details=details,
            update_id=self.update_id,
        )
