"""Offices as contact cards."""

from __future__ import annotations

import dataclasses

import pytest

from bot.answering.content import load_content
from bot.answering.offices import Office, office, vcard
from bot.names import CLUSTERS

CONTENT = load_content(None)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_office_has_a_name_a_town_and_a_place_in_germany(cluster: str) -> None:
    known = office(CONTENT, cluster)
    assert known.name
    assert known.city
    assert 47 < known.latitude < 56
    assert 5 < known.longitude < 16


def test_what_is_not_known_is_left_out() -> None:
    known = office(CONTENT, "nieke")
    assert known.address == "Quakenbrück"
    assert "TEL" not in vcard(known)


def test_the_card_holds_phone_address_and_web() -> None:
    lines = vcard(office(CONTENT, "foodregio")).split("\r\n")
    assert "TEL;TYPE=WORK,VOICE:+49451706550" in lines
    assert "ADR;TYPE=WORK:;;Falkenstraße 11;Lübeck;;23564;" in lines
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]


def test_separators_are_escaped() -> None:
    plain = Office("A; B, C\\D", "", "", "X", "", "", 52, 8, "2020")
    assert "FN:A\\; B\\, C\\\\D\r\n" in vcard(dataclasses.replace(plain))
