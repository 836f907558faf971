"""Saving a simulator and going on from there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from telegram import Bot

from bot.simulator import Chat, Limits, Person, Simulator, StateFile


async def restored(simulator: Simulator) -> Simulator:
    return Simulator.restore(json.loads(json.dumps(simulator.save())), limits=Limits.off(), clock=simulator.world.clock)


async def test_everything_is_there_again(
    bot: Bot, simulator: Simulator, anna: Person, forum: Chat, picture: Callable[[int, int], bytes]
) -> None:
    sent = await bot.send_photo(anna.id, picture(9, 9), caption="a")
    await bot.create_forum_topic(forum.id, "Enquiry")
    await bot.set_my_commands([("help", "Help")])
    await anna.react(sent.message_id, "👍")
    await bot.pin_chat_message(anna.id, sent.message_id)
    await anna.write("waiting")
    again = await restored(simulator)
    for chat in simulator.chats:
        assert again.messages(chat.id, viewer=7) == simulator.messages(chat.id, viewer=7)
    assert again.people[0].account == anna.account
    assert again.chat(forum.id).topics == simulator.chat(forum.id).topics
    assert again.chat(forum.id).member(bot.id).may("can_pin_messages")
    assert again.commands(7, 7) == [{"command": "help", "description": "Help"}]
    file = again.file(sent.photo[-1].file_id)
    assert file
    assert file.upload.content == picture(9, 9)
    (update,) = (await again.call("getUpdates", {})).body["result"]
    assert update["message"]["text"] == "waiting"


async def test_ids_are_never_given_twice(simulator: Simulator, anna: Person) -> None:
    state = simulator.save()
    lost = await anna.write("not saved")
    lost_update = simulator.world.updates.next_id - 1
    again = Simulator.restore(state)
    message = await again.person(anna.id).write("after")
    assert message["message_id"] > lost["message_id"]
    (update,) = (await again.call("getUpdates", {})).body["result"]
    assert update["update_id"] > lost_update
    assert again.add_person("New").id not in {person.id for person in simulator.people}


async def test_what_is_restored_is_independent(simulator: Simulator, anna: Person) -> None:
    again = Simulator.restore(simulator.save())
    await anna.write("only here")
    assert len(again.messages(7)) == 1


async def test_changes_are_written_after_a_pause(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "chats.json"
    kept = StateFile(path, pause=0.02)
    simulator = kept.open()
    carl = simulator.add_person("Carl", person_id=9)
    await carl.write("a")
    assert not path.exists()
    await asyncio.sleep(0.1)
    assert json.loads(path.read_text())["accounts"][0]["first_name"] == "Carl"
    await carl.write("b")
    kept.close()
    again = StateFile(path).open(limits=Limits.off())
    assert [message["text"] for message in again.messages(9)] == ["a", "b"]
    assert [file.name for file in path.parent.iterdir()] == ["chats.json"]


def test_people_can_be_made_before_the_loop_runs(tmp_path: Path) -> None:
    kept = StateFile(tmp_path / "chats.json")
    kept.open().add_person("Carl", person_id=9)
    kept.close()
    assert StateFile(tmp_path / "chats.json").open().person(9).first_name == "Carl"


async def test_nothing_is_written_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "chats.json"
    kept = StateFile(path, pause=0.01)
    simulator = kept.open()
    simulator.add_person("Carl")
    kept.close()
    path.unlink()
    simulator.add_person("Dora")
    await asyncio.sleep(0.05)
    assert not path.exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"version": 0}', '{"version": 1}'])
def test_a_damaged_file_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / "chats.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"chats\.json keeps no chats that can be read"):
        StateFile(path).open()
    assert path.read_text() == content
