"""What a group must allow."""

from __future__ import annotations

from dataclasses import replace

from bot.access.groups import Problem, Standing, problem_of

READY = Standing(present=True, may_write=True, may_manage_topics=True, is_forum=True)


def test_the_first_thing_that_is_missing_is_named() -> None:
    assert problem_of(READY) is None
    assert problem_of(replace(READY, present=False)) is Problem.GONE
    assert problem_of(replace(READY, may_write=False)) is Problem.CANNOT_WRITE
    assert problem_of(replace(READY, may_manage_topics=False)) is Problem.CANNOT_MANAGE_TOPICS


def test_without_topics_nobody_need_manage_them() -> None:
    assert problem_of(replace(READY, may_manage_topics=False, is_forum=False)) is None
