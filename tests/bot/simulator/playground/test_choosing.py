"""What the buttons of the page choose."""

from __future__ import annotations

import pytest

from bot.simulator import Simulator
from bot.simulator.playground.choosing import CHOICES
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import View, Window
from bot.texts import Texts


@pytest.fixture
def stage(texts: Texts) -> Stage:
    simulator = Simulator()
    people = [simulator.add_person("Anna", person_id=7), simulator.add_person("Ben", person_id=8)]
    simulator.add_group("Team", forum=True, members=people, chat_id=-100)
    return Stage(simulator, people, texts)


def choose(stage: Stage, view: View, name: str, value: str = "", window: Window | None = None) -> View:
    return CHOICES[name](stage, view, value, window)


def test_a_chat_of_which_a_topic_is_open_is_not_opened_twice(stage: Stage) -> None:
    topic = Window(7, -100, 3)
    view = choose(stage, View(7, (topic, Window(7, 7)), Window(7, 7)), "open", "-100@7")
    assert view == View(7, (topic, Window(7, 7)), topic)


@pytest.mark.parametrize("value", ["", "x", "-999@7", "8@7", "7@99"])
def test_what_one_may_not_see_does_not_open(stage: Stage, value: str) -> None:
    assert choose(stage, View(7), "open", value) == View(7)


def test_another_person_takes_the_chat_in_front_or_only_the_list(stage: Stage) -> None:
    assert choose(stage, View(7), "person", "8") == View(8)
    own, others = Window(7, 7), Window(8, 8)
    assert choose(stage, View(7, (own,), own), "person", "8") == View(8, (others,), others)
    assert choose(stage, View(7, (own,), own), "person-beside", "8") == View(8, (own, others), others)


def test_two_windows_that_come_to_the_same_topic_become_one(stage: Stage) -> None:
    whole, topic = Window(7, -100), Window(7, -100, 3)
    view = choose(stage, View(7, (whole, topic), whole), "topic", "3", whole)
    assert view == View(7, (topic,), topic)


def test_a_window_that_is_gone_changes_nothing(stage: Stage) -> None:
    gone = Window(7, -100)
    assert [choose(stage, View(7), name, "3", gone) for name in ("topic", "focus", "close")] == [View(7)] * 3


def test_an_unknown_theme_follows_the_system(stage: Stage) -> None:
    assert choose(stage, View(7), "theme", "dark").theme == "dark"
    assert choose(stage, View(7), "theme", "pink").theme == "auto"
