"""What became of the recipients of an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Delivery, DeliveryState

TABLE = cast("Table", Delivery.__table__)


class Settled(NamedTuple):
    """What became of one recipient; `next_try_at` goes with PLANNED."""

    person_id: int
    state: DeliveryState
    message_id: int | None = None
    error: str | None = None
    next_try_at: datetime | None = None


async def settle(session: AsyncSession, occurrence_id: int, results: Sequence[Settled], *, now: datetime) -> None:
    """Note results; one that comes late is the truth about what was taken for unknown."""
    if not results:
        return
    statement = (
        update(TABLE)
        .where(
            and_(
                TABLE.c.occurrence_id == occurrence_id,
                TABLE.c.person_id == bindparam("key_person"),
                # Many statements at once know no IN.
                or_(TABLE.c.state == DeliveryState.CLAIMED, TABLE.c.state == DeliveryState.UNKNOWN),
            )
        )
        .values(
            state=bindparam("new_state"),
            message_id=bindparam("new_message"),
            error=bindparam("new_error"),
            next_try_at=bindparam("new_try", type_=TABLE.c.next_try_at.type),
            sent_at=bindparam("new_sent", type_=TABLE.c.sent_at.type),
        )
    )
    connection = await session.connection()
    await connection.execute(statement, [_bound(result, now) for result in results])


async def in_state(session: AsyncSession, occurrence_id: int, state: DeliveryState) -> Sequence[Delivery]:
    """Return the recipients in a state, in the order of their ids."""
    query = select(Delivery).where(Delivery.occurrence_id == occurrence_id, Delivery.state == state)
    return (await session.scalars(query.order_by(Delivery.person_id))).all()


def _bound(result: Settled, now: datetime) -> dict[str, object]:
    return {
        "key_person": result.person_id,
        "new_state": result.state,
        "new_message": result.message_id,
        "new_error": result.error,
        "new_try": result.next_try_at,
        "new_sent": now if result.state == DeliveryState.SENT else None,
    }
