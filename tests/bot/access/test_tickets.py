"""A ticket is short, cannot be forged, and ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.tickets import LONGEST, ExpiredTicket, WrongTicket, key_from, new_nonce, read, sign

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=72)
KEY = key_from("1:a-token")
NONCE = "0123456789-_"
TICKET = sign(KEY, "role", NONCE, LATER)


def test_what_is_signed_is_read_and_fits_a_start_link() -> None:
    for _ in range(100):
        nonce = new_nonce()
        ticket = sign(KEY, "role", nonce, LATER)
        assert re.fullmatch(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}", ticket)
        assert read(KEY, "role", ticket, NOW) == nonce


def test_the_key_comes_from_the_secret_alone_so_that_a_restart_keeps_it() -> None:
    assert key_from("1:a-token") == KEY
    assert key_from("1:b-token") != KEY
    assert b"token" not in KEY


@pytest.mark.parametrize("place", range(len(TICKET)))
def test_no_character_can_be_changed(place: int) -> None:
    for other in "AQgw_":
        forged = f"{TICKET[:place]}{other}{TICKET[place + 1 :]}"
        if forged != TICKET:
            with pytest.raises(WrongTicket):
                read(KEY, "role", forged, NOW)


@given(st.text(max_size=64))
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(WrongTicket):
        read(KEY, "role", text, NOW)


def test_another_key_or_purpose_is_refused() -> None:
    with pytest.raises(WrongTicket):
        read(key_from("other"), "role", TICKET, NOW)
    with pytest.raises(WrongTicket):
        read(KEY, "chat", TICKET, NOW)


def test_it_expires_at_its_second() -> None:
    read(KEY, "role", TICKET, LATER - timedelta(seconds=1))
    with pytest.raises(ExpiredTicket):
        read(KEY, "role", TICKET, LATER)
