"""The week in figures, for who announces: what left, who came and went, what is due in the week that begins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import summaries
from storage.models import AttendanceState, DeliveryState
from storage.summaries import Coming

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a week for somebody's clusters; subscriptions are those of all clusters."""

    sent: int
    blocked: int
    failed: int
    unknown: int
    weekly: int
    """Left to the digest."""
    begun: int
    ended: int
    """Subscriptions to a topic."""
    coming_people: int
    other_replies: int
    coming: list[Coming]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        figures = (self.sent, self.blocked, self.failed, self.unknown, self.weekly, self.begun, self.ended)
        return not (any(figures) or self.coming_people or self.other_replies or self.coming)


async def summary(session: AsyncSession, clusters: Collection[str], *, until: datetime) -> Summary:
    """Return the figures of the week up to `until`, and what is due in the week after it."""
    since = until - WEEK
    sent = await summaries.sent(session, clusters, since=since, until=until)
    begun, ended = await summaries.consents(session, since=since, until=until)
    replies = await summaries.replies(session, clusters, since=since, until=until)
    coming = replies.pop(AttendanceState.COMING, 0)
    return Summary(
        sent=sent.get(DeliveryState.SENT, 0),
        blocked=sent.get(DeliveryState.BLOCKED, 0),
        failed=sent.get(DeliveryState.FAILED, 0),
        unknown=sent.get(DeliveryState.UNKNOWN, 0),
        weekly=sent.get(DeliveryState.WEEKLY, 0),
        begun=begun,
        ended=ended,
        coming_people=coming,
        other_replies=sum(replies.values()),
        coming=await summaries.coming(session, clusters, after=until, span=WEEK),
    )
