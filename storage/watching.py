"""What waits in the outbox for a staff chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OutboxMessage, OutboxState


class Parked(NamedTuple):
    """The enquiries of a cluster that wait: how many, since when, and the oldest of them."""

    cluster: str
    enquiries: int
    since: datetime
    oldest: int


async def parked(session: AsyncSession) -> Sequence[Parked]:
    """Return the clusters whose enquiries wait for a staff chat that works."""
    query = (
        select(
            OutboxMessage.cluster,
            func.count(OutboxMessage.enquiry_id.distinct()),
            func.min(OutboxMessage.created_at, type_=OutboxMessage.created_at.type),
            func.min(OutboxMessage.enquiry_id),
        )
        .where(OutboxMessage.state == OutboxState.PARKED, OutboxMessage.cluster.is_not(None))
        .group_by(OutboxMessage.cluster)
        .order_by(OutboxMessage.cluster)
    )
    rows = await session.execute(query)
    return [Parked(str(cluster), count, since, oldest) for cluster, count, since, oldest in rows]
