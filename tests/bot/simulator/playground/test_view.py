"""The address of the page keeps what it shows."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from bot.simulator.playground.view import MOST_WINDOWS, View, Window

OWN = Window(7, 7)
TEAM = Window(8, -100, 3)


def test_a_view_comes_back_from_its_address() -> None:
    view = View(7, (TEAM, OWN), OWN, "en", "dark")
    assert view.query() == "as=7&chats=-100/3@8,7&lang=en&theme=dark"
    assert View.from_query(dict(parse_qsl(view.query())), 1) == view


def test_a_bare_address_opens_the_chat_of_the_first_person_with_the_bot() -> None:
    assert View.from_query({}, 1) == View(1, (Window(1, 1),), Window(1, 1))


def test_the_list_alone_comes_back_too() -> None:
    assert View.from_query(dict(parse_qsl(View(1).query())), 2) == View(1)


@pytest.mark.parametrize("chats", ["", "x", "7@", "@7", "1/2/3", ",,"])
def test_what_is_no_chat_is_left_out(chats: str) -> None:
    assert View.from_query({"chats": chats, "as": "-3", "theme": "pink"}, 1) == View(1)


def test_opening_takes_the_place_of_the_chat_in_front() -> None:
    view = View(7, (OWN, TEAM), OWN).open(Window(7, -200))
    assert view == View(7, (Window(7, -200), TEAM), Window(7, -200))


def test_opening_beside_keeps_the_others_and_changes_the_person() -> None:
    assert View(7, (OWN,), OWN).open(TEAM, beside=True) == View(8, (OWN, TEAM), TEAM)


def test_an_open_chat_only_comes_to_the_front() -> None:
    assert View(7, (OWN, TEAM), OWN).open(TEAM) == View(8, (OWN, TEAM), TEAM)


def test_the_oldest_window_makes_room() -> None:
    view = View(7)
    for chat in range(MOST_WINDOWS + 1):
        view = view.open(Window(7, -chat - 1), beside=True)
    assert [window.chat for window in view.windows] == [-2, -3, -4, -5]


def test_closing_brings_the_neighbour_to_the_front() -> None:
    view = View(8, (OWN, TEAM), TEAM)
    assert view.close(TEAM) == View(7, (OWN,), OWN)
    assert view.close(OWN) == View(8, (TEAM,), TEAM)
    assert view.close(TEAM).close(OWN) == View(7)


def test_going_back_closes_all() -> None:
    assert View(8, (OWN, TEAM), TEAM).close_all() == View(8)
