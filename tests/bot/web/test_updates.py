"""What is taken for an update, and that all that is taken can be stored and ordered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.intake import chat_key
from bot.web.updates import LARGEST_ID, read_update
from storage import inbox
from storage.database import Database
from storage.inbox import Received

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)
EVENTS = st.dictionaries(st.sampled_from(["chat", "message", "from", "user", "id", "text"]), JSON, max_size=4)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1.0}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 1, "x": NaN}',
        b'{"update_id": 1, "x": -Infinity}',
        b'{"update_id": 1, "x": 1e999}',
        b'{"update_id": 1} {}',
        b'\xef\xbb\xbf{"update_id": 1}',
        b'{"update_id": 1, "x": "\xff"}',
        b'{"update_id": 1, "x": ' + b"9" * 5000 + b"}",
        b'{"update_id": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda body: body[:30],
)
def test_what_is_no_update(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  of many kinds
        read_update(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_update_or_a_value_error(body: bytes) -> None:
    try:
        update = read_update(body)
    except ValueError:
        return
    assert isinstance(update["update_id"], int)


@given(st.integers(0, LARGEST_ID), st.dictionaries(st.text(), JSON, max_size=4))
def test_an_update_is_read_as_it_was_written(number: int, rest: dict[str, Any]) -> None:
    update = rest | {"update_id": number}
    assert read_update(json.dumps(update).encode()) == update


@given(EVENTS)
def test_whatever_an_event_holds_it_has_a_place_in_the_order(event: dict[str, Any]) -> None:
    assert abs(chat_key({"update_id": 1, "message": event})) < 2**63


@pytest.mark.parametrize("text", ["\x00", "\ud800", "ä🙂", "\u2028"])
async def test_all_that_is_read_can_be_stored(database: Database, text: str) -> None:
    update = read_update(json.dumps({"update_id": LARGEST_ID, "message": {"text": text, "n": 1.5e300}}).encode())
    async with database.begin() as session:
        assert await inbox.receive(session, [Received(LARGEST_ID, -(2**63) + 1, update)], now=NOW) == 1
    async with database.begin() as session:
        assert (await inbox.claim(session, 1, owner="me", now=NOW))[0].payload == update
