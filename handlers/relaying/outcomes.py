"""What became of a delivery: what an error of Telegram means for it."""

from __future__ import annotations

from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import logs
from bot.access.groups import Problem
from bot.enquiries import delivering
from bot.enquiries.errands import Errand
from bot.telegram.outbox import Later, Outcome, Settled
from bot.telegram.request import NeverSent, seconds_to_wait
from handlers.context import Context
from handlers.relaying.cards import TopicNotMade
from storage.models import OutboxKind, OutboxMessage, OutboxState
from storage.outages import is_outage

log = logs.get(__name__)

MOST_DEPARTURES = 5
"""After so many departures without an answer, another would only add to the copies."""
WAITS = (1.0, 4.0, 16.0, 30.0, 60.0)
"""Seconds before the next tries."""
GRACE = 0.1
"""On top of what Telegram names, which it rounds to whole seconds."""
DELIVERED = "👌"
GROUP_PROBLEMS = {
    Problem.CANNOT_MANAGE_TOPICS: ("to create a topic", "to manage topics", "topic_closed"),
    Problem.CANNOT_WRITE: ("not enough rights", "no rights to send", "chat_write_forbidden", "chat_restricted"),
    Problem.GONE: ("chat not found", "group chat was deactivated"),
}
"""Refusals as Telegram words them; it has no codes for them."""


def arrived(context: Context, errand: Errand) -> Settled:
    """Return the outcome of a delivery that Telegram has confirmed."""
    is_answer = errand.is_to_firm and errand.row.kind == OutboxKind.RELAY and bool(errand.copies)
    return Settled(
        OutboxState.SENT,
        record=partial(delivering.arrived, errand=errand, now=context.services.clock()),
        after=partial(_react, context, errand) if is_answer else None,
    )


def unlinked(context: Context, row: OutboxMessage) -> Settled:
    """Return the outcome where the cluster has no staff chat: it waits for one."""
    services = context.services
    told = partial(delivering.no_staff_chat, row=row, owners=services.settings.owners, now=services.clock())
    return Settled(OutboxState.PARKED, record=told)


def failed(context: Context, errand: Errand, error: Exception) -> Outcome:
    """Return what an error means."""
    name = type(error).__name__
    if isinstance(error, Forbidden | BadRequest):
        return _refused(context, errand, error)
    if isinstance(error, RetryAfter):
        return _later(errand, seconds_to_wait(error) + GRACE, name, left=False)
    if isinstance(error, ChatMigrated):
        moved = partial(delivering.group_moved, errand=errand, new=error.new_chat_id, now=context.services.clock())
        return Later(0.0, name, left=False, record=moved)
    if isinstance(error, NeverSent | TopicNotMade) or is_outage(error):
        return _later(errand, _wait(errand), name, left=False)
    if not isinstance(error, NetworkError):
        log.error("a message could not be made", message=errand.row.id, exc_info=error)
    if errand.departures >= MOST_DEPARTURES:
        return _given_up(context, errand, OutboxState.FAILED, name)
    return _later(errand, _wait(errand), name, left=True)


def _refused(context: Context, errand: Errand, error: TelegramError) -> Settled:
    name, said, services = type(error).__name__, error.message.lower(), context.services
    if errand.chat is None:
        is_gone = isinstance(error, Forbidden) or "chat not found" in said
        return _given_up(context, errand, OutboxState.BLOCKED if is_gone else OutboxState.FAILED, name)
    problem = Problem.GONE if isinstance(error, Forbidden) else _problem(said)
    if problem is None:
        log.error("refused", message=errand.row.id, kind=errand.row.kind, exc_info=error)
        return _given_up(context, errand, OutboxState.FAILED, name)
    noted = partial(
        delivering.group_fails,
        errand=errand,
        problem=problem,
        owners=services.settings.owners,
        now=services.clock(),
    )
    return Settled(OutboxState.PARKED, name, record=noted)


def _problem(said: str) -> Problem | None:
    return next((problem for problem, words in GROUP_PROBLEMS.items() if any(one in said for one in words)), None)


def _later(errand: Errand, seconds: float, name: str, *, left: bool) -> Later:
    """Try again; where one of several messages has arrived, all carry the mark the next time."""
    has_left = any(copy.kind != "card" for copy in errand.copies)
    return Later(seconds, name, left=left or has_left, record=partial(delivering.note_copies, errand=errand))


def _wait(errand: Errand) -> float:
    return WAITS[min(errand.row.attempts, len(WAITS) - 1)]


def _given_up(context: Context, errand: Errand, state: OutboxState, error: str) -> Settled:
    services = context.services
    told = partial(
        delivering.given_up,
        errand=errand,
        state=state,
        error=error,
        owners=services.settings.owners,
        now=services.clock(),
    )
    return Settled(state, error, record=told)


async def _react(context: Context, errand: Errand) -> None:
    """Show the colleague below their own message that it has arrived; the card says so too."""
    entry = errand.entry
    assert entry  # noqa: S101  a relayed row has one
    try:
        await context.bot.set_message_reaction(entry.chat_id, entry.message_id, DELIVERED)
    except TelegramError as error:
        log.info("no reaction was set", error=type(error).__name__)
