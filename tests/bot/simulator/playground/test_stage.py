"""What people have read, and how people and chats are called."""

from __future__ import annotations

import pytest

from bot.simulator import Chat, Person, Simulator
from bot.simulator.playground.composing import forced_reply, obstacle, reply_keyboard
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import Window
from bot.texts import Texts


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(bot_name="Clusters")


@pytest.fixture
def anna(simulator: Simulator) -> Person:
    return simulator.add_person("Anna")


@pytest.fixture
def ben(simulator: Simulator) -> Person:
    return simulator.add_person("Ben")


@pytest.fixture
def team(simulator: Simulator, anna: Person, ben: Person) -> Chat:
    return simulator.add_group("Team", forum=True, members=[anna, ben], administrator=True)


@pytest.fixture
def stage(simulator: Simulator, anna: Person, ben: Person, team: Chat, texts: Texts) -> Stage:
    del team
    return Stage(simulator, [anna, ben], texts)


async def open_topic(simulator: Simulator, chat: Chat) -> int:
    answer = await simulator.call("createForumTopic", {"chat_id": chat.id, "name": "Anfrage"})
    return int(answer.body["result"]["message_thread_id"])


async def test_only_news_of_others_is_unread(stage: Stage, team: Chat, anna: Person, ben: Person) -> None:
    await anna.write("Eins", chat=team.id)
    await anna.write("Zwei", chat=team.id)
    assert (stage.unread(anna.id, team), stage.unread(ben.id, team)) == (0, 2)
    stage.mark_read(Window(ben.id, team.id))
    assert stage.unread(ben.id, team) == 0


async def test_what_was_there_before_the_page_is_read(
    simulator: Simulator, team: Chat, anna: Person, ben: Person, texts: Texts
) -> None:
    await anna.write("Alt", chat=team.id)
    stage = Stage(simulator, [anna, ben], texts)
    assert stage.unread(ben.id, team) == 0


async def test_reading_one_topic_leaves_the_others_unread(
    stage: Stage, simulator: Simulator, team: Chat, anna: Person, ben: Person
) -> None:
    topic = await open_topic(simulator, team)
    stage.mark_read(Window(ben.id, team.id))
    await anna.write("Im Thema", chat=team.id, topic=topic)
    await anna.write("Allgemein", chat=team.id)
    stage.mark_read(Window(ben.id, team.id, topic))
    assert (stage.unread(ben.id, team, topic), stage.unread(ben.id, team, 1), stage.unread(ben.id, team)) == (0, 1, 1)


def test_a_group_that_became_a_supergroup_is_followed(stage: Stage, simulator: Simulator, anna: Person) -> None:
    group = simulator.add_group("Alt", members=[anna], basic=True)
    new = simulator.migrate(group.id)
    assert stage.current(Window(anna.id, group.id)) == Window(anna.id, new.id)
    assert stage.has(Window(anna.id, new.id))
    assert not stage.has(Window(anna.id, group.id))


def test_nobody_sees_the_chats_of_others(stage: Stage, anna: Person, ben: Person) -> None:
    assert stage.has(Window(anna.id, anna.id))
    assert not stage.has(Window(anna.id, ben.id))
    assert not stage.has(Window(99, 99))


async def test_the_bot_is_called_as_it_calls_itself_in_the_language(
    stage: Stage, simulator: Simulator, anna: Person
) -> None:
    await simulator.call("setMyName", {"name": "Bündnis", "language_code": "de"})
    chat = simulator.chat(anna.id)
    names = [stage.chat_face(chat, stage.words(anna, language))["title"] for language in ("de", "en")]
    assert names == ["Bündnis", "Clusters"]


async def test_where_one_cannot_write_the_page_says_why(
    stage: Stage, simulator: Simulator, team: Chat, anna: Person, ben: Person
) -> None:
    channel = simulator.add_channel("Neues", members=[anna, ben])
    topic = await open_topic(simulator, team)
    assert obstacle(stage, Window(anna.id, anna.id)) == ("start", "start")
    await anna.block()
    assert obstacle(stage, Window(anna.id, anna.id)) == ("unblock", "menu_unblock")
    assert obstacle(stage, Window(ben.id, channel.id)) == ("none", "read_only")
    assert obstacle(stage, Window(ben.id, team.id, topic)) is None
    await simulator.call("closeForumTopic", {"chat_id": team.id, "message_thread_id": topic})
    assert obstacle(stage, Window(ben.id, team.id, topic)) == ("none", "topic_closed")


async def test_a_reply_keyboard_stays_until_it_is_removed_or_used_up(simulator: Simulator, anna: Person) -> None:
    async def keyboard(markup: dict[str, object]) -> tuple[int, int]:
        await simulator.call("sendMessage", {"chat_id": anna.id, "text": "?", "reply_markup": markup})
        message_id, rows = reply_keyboard(simulator.messages(anna.id, anna.id), anna.id)
        return message_id, len(rows)

    await anna.start()
    assert await keyboard({"keyboard": [["Ja"], ["Nein"]]}) == (2, 2)
    await anna.write("Ja")
    assert reply_keyboard(simulator.messages(anna.id, anna.id), anna.id)[0] == 2
    assert await keyboard({"remove_keyboard": True}) == (0, 0)
    assert await keyboard({"keyboard": [["Ja"]], "one_time_keyboard": True}) == (5, 1)
    await anna.write("Ja")
    assert reply_keyboard(simulator.messages(anna.id, anna.id), anna.id) == (0, [])


async def test_a_forced_reply_counts_while_it_is_the_last_message(simulator: Simulator, anna: Person) -> None:
    await anna.start()
    markup = {"force_reply": True}
    await simulator.call("sendMessage", {"chat_id": anna.id, "text": "Name?", "reply_markup": markup})
    assert forced_reply(simulator.messages(anna.id)) == 2
    await anna.write("Anna")
    assert forced_reply(simulator.messages(anna.id)) == 0
