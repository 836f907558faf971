"""What takes part in a handling knows of it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.telegram.handling import Departure, Handling, begin, current
from bot.telegram.request import NeverSent


@pytest.mark.parametrize(
    ("error", "is_passing"),
    [
        (NetworkError("x"), True),
        (TimedOut(), True),
        (NeverSent("x"), True),
        (RetryAfter(3), True),
        (OperationalError("statement", {}, Exception()), True),
        (BadRequest("x"), False),
        (Forbidden("x"), False),
        (KeyError("x"), False),
        (IntegrityError("statement", {}, Exception()), False),
    ],
)
def test_only_errors_of_the_surroundings_pass(error: Exception, is_passing: bool) -> None:
    assert Handling.is_passing(error) is is_passing


def test_the_first_failure_counts() -> None:
    handling = Handling(1)
    first = KeyError("first")
    handling.fail(first)
    handling.fail(ValueError("in the error handler"))
    assert handling.failure is first


def test_a_send_is_repeated_only_when_its_fate_is_unknown() -> None:
    known = {
        (1, "sendMessage"): Departure(1, sent=True),
        (2, "sendPhoto"): Departure(1),
        (3, "sendMessage"): Departure(0),
    }
    handling = Handling(1, sends=known)
    repeats = []
    for method in ("sendMessage", "sendPhoto", "sendMessage", "sendMessage"):
        repeats.append(handling.repeats_next_send())
        handling.next_send(method)
    assert repeats == [False, True, False, False]


def test_a_new_try_counts_its_sends_from_one_and_knows_the_earlier_ones() -> None:
    handling = Handling(1)
    number, departure = handling.next_send("sendMessage")
    departure.departures = 1
    handling.fail(KeyError())
    handling.restart(2, last_try=False)
    assert handling.failure is None
    assert handling.repeats_next_send()
    assert handling.next_send("sendMessage") == (number, departure)


async def test_outside_an_update_there_is_none() -> None:
    assert current() is None
    begin(handling := Handling(7))
    assert current() is handling
    handling.is_over = True
    assert current() is None
