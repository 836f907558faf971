"""What a group must allow before the staff of a cluster can work in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BotError


class Problem(StrEnum):
    """What keeps the bot from working in a group; at most 64 characters."""

    GONE = "gone"
    """The bot was removed, or the group is gone."""
    CANNOT_WRITE = "cannot_write"
    CANNOT_MANAGE_TOPICS = "cannot_manage_topics"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bot is in a group."""

    present: bool
    may_write: bool
    may_manage_topics: bool
    is_forum: bool


def problem_of(standing: Standing) -> Problem | None:
    """Return the first thing that is missing; None: nothing is."""
    if not standing.present:
        return Problem.GONE
    if not standing.may_write:
        return Problem.CANNOT_WRITE
    if standing.is_forum and not standing.may_manage_topics:
        return Problem.CANNOT_MANAGE_TOPICS
    return None


class NotLinked(BotError):  # noqa: N818  it is an answer to a person, not a fault
    """A group cannot become the group of a cluster."""

    template = "errors/link_not_admin.html"
    reason = "not_admin"


class GroupNotReady(NotLinked):
    """The bot lacks a right in the group."""

    template = "errors/link_not_ready.html"

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem=problem.value)
        self.reason = problem.value


class GroupTaken(NotLinked):
    """The group is another cluster's."""

    template = "errors/link_taken.html"
    reason = "taken"


@dataclass(frozen=True, slots=True)
class Group:
    """A group as Telegram tells of it; `by_admin`: who wants to link it is one of its administrators."""

    chat_id: int
    title: str
    standing: Standing
    by_admin: bool
