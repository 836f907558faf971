"""What people do, and what the bot hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest

from bot.simulator import CallbackAnswer, Chat, Event, NotPossible, Person, Simulator


async def last(bot: Bot) -> Update:
    return (await bot.get_updates(timeout=0))[-1]


async def asked(bot: Bot, person: Person, *buttons: InlineKeyboardButton) -> int:
    keyboard = InlineKeyboardMarkup([buttons])
    return (await bot.send_message(person.id, "?", reply_markup=keyboard)).message_id


async def test_people_are_the_same_by_their_id(simulator: Simulator, anna: Person) -> None:
    assert simulator.add_person("Somebody", person_id=anna.id) == anna
    other = simulator.add_person("Carl")
    assert other.id not in {anna.id, simulator.world.bot.id}
    assert [person.first_name for person in simulator.people] == ["Anna", "Carl"]


async def test_a_text_reaches_the_bot(bot: Bot, anna: Person) -> None:
    await anna.write("/help me")
    message = (await last(bot)).message
    assert message
    assert message.from_user
    assert (message.text, message.from_user.language_code, message.chat.type) == ("/help me", "de", "private")
    assert message.entities[0].type == "bot_command"


async def test_start_carries_its_payload(bot: Bot, ben: Person) -> None:
    await ben.start("invitation-1")
    message = (await last(bot)).message
    assert message
    assert message.text == "/start invitation-1"
    assert (await bot.send_message(ben.id, "welcome")).chat.id == ben.id


async def test_a_question_waits_for_the_answer(bot: Bot, anna: Person) -> None:
    asked = asyncio.create_task(anna.ask("hello"))
    await asyncio.sleep(0.01)
    await bot.send_message(anna.id, "welcome")
    answer = await asked
    assert answer
    assert answer["text"] == "welcome"
    assert await anna.ask("are you there", seconds=0.01) is None


async def test_edits_and_replies(bot: Bot, anna: Person) -> None:
    first = await anna.write("a")
    await anna.write("b", reply_to=first["message_id"])
    message = (await last(bot)).message
    assert message
    assert message.reply_to_message
    assert message.reply_to_message.text == "a"
    await anna.edit(first["message_id"], "c")
    edited = (await last(bot)).edited_message
    assert edited
    assert (edited.text, edited.message_id) == ("c", first["message_id"])


async def test_files_contacts_and_places(bot: Bot, anna: Person, picture: Callable[[int, int], bytes]) -> None:
    await anna.send_document(b"a;b", "list.csv", caption="our list")
    document = (await last(bot)).message
    assert document
    assert document.document
    assert document.caption == "our list"
    file = await bot.get_file(document.document.file_id)
    assert await file.download_as_bytearray() == b"a;b"
    first, second = await anna.send_album([picture(9, 9), picture(9, 9)], caption="two")
    assert first["media_group_id"] == second["media_group_id"]
    await anna.send_voice(b"sound", duration=2)
    await anna.share_contact("+49301")
    contact = (await last(bot)).message
    assert contact
    assert contact.contact
    assert contact.contact.user_id == anna.id
    await anna.share_location(52.5, 13.4)
    location = (await last(bot)).message
    assert location
    assert location.location


async def test_a_press_waits_for_the_answer(bot: Bot, simulator: Simulator, anna: Person) -> None:
    events: list[Event] = []
    question = await asked(bot, anna, InlineKeyboardButton("Yes", callback_data="y"))
    simulator.subscribe(events.append)
    press = asyncio.create_task(anna.press(question, "Yes"))
    await asyncio.sleep(0.01)
    query = (await last(bot)).callback_query
    assert query
    assert query.data == "y"
    await bot.answer_callback_query(query.id, "noted", show_alert=True)
    assert await press == CallbackAnswer("noted", alert=True)
    told = [event.data["text"] for event in events if event.kind == "callback_answer"]
    assert told == ["noted"]
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)


async def test_a_query_grows_too_old(bot: Bot, anna: Person, clock: Any) -> None:
    question = await asked(bot, anna, InlineKeyboardButton("Yes", callback_data="y"))
    assert await anna.press(question, (0, 0), seconds=0.01) is None
    query = (await last(bot)).callback_query
    assert query
    clock.advance(seconds=31)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)


async def test_a_press_on_a_link_opens_it(bot: Bot, anna: Person) -> None:
    question = await asked(bot, anna, InlineKeyboardButton("Site", url="https://example.org"))
    assert await anna.press(question, "Site") == CallbackAnswer(url="https://example.org/")


async def test_a_press_on_a_reply_keyboard_writes(bot: Bot, simulator: Simulator, anna: Person) -> None:
    phone = KeyboardButton("Phone", request_contact=True)
    place = KeyboardButton("Place", request_location=True)
    keyboard = ReplyKeyboardMarkup([["Menu", phone, place]])
    question = await bot.send_message(anna.id, "?", reply_markup=keyboard)
    shown = simulator.messages(anna.id)[-1]["view"]["keyboard"]["keyboard"]
    assert [button["text"] for button in shown[0]] == ["Menu", "Phone", "Place"]
    await anna.press(question.message_id, "Menu")
    assert simulator.messages(anna.id)[-1]["text"] == "Menu"
    await anna.press(question.message_id, (0, 1))
    assert simulator.messages(anna.id)[-1]["contact"]["user_id"] == anna.id
    await anna.press(question.message_id, "Place")
    assert simulator.messages(anna.id)[-1]["location"]


async def test_what_the_app_does_not_offer_is_not_possible(
    bot: Bot, simulator: Simulator, anna: Person, ben: Person, group: Chat
) -> None:
    question = await asked(bot, anna, InlineKeyboardButton("Yes", callback_data="y"))
    impossible: list[Callable[[], Coroutine[Any, Any, object]]] = [
        lambda: anna.press(question, "No"),
        lambda: anna.press(question, (1, 0)),
        lambda: anna.press(99, "Yes"),
        lambda: anna.write("  "),
        lambda: anna.write("a", reply_to=99),
        lambda: anna.write("a", topic=5),
        lambda: anna.edit(question, "a"),
        lambda: anna.send_album([b"a"]),
        lambda: ben.open_topic("a", chat=group.id),
        lambda: simulator.add_person("Carl").write("a", chat=group.id),
    ]
    for action in impossible:
        with pytest.raises(NotPossible):
            await action()
    await anna.block()
    with pytest.raises(NotPossible, match="who blocks the bot"):
        await anna.write("a")
    with pytest.raises(NotPossible, match="who blocks the bot"):
        await anna.press(question, "Yes")


async def test_a_keyboard_taken_away_is_told(bot: Bot, simulator: Simulator, anna: Person) -> None:
    await bot.send_message(anna.id, "a", reply_markup=ReplyKeyboardRemove())
    assert simulator.messages(anna.id)[-1]["view"]["keyboard"] == {"remove_keyboard": True}


async def test_the_bot_hears_of_blocking_and_unblocking(bot: Bot, anna: Person) -> None:
    await anna.block()
    await anna.unblock()
    changes = [update.my_chat_member for update in await bot.get_updates(timeout=0)]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]
    assert (await bot.send_message(anna.id, "a")).text == "a"


async def test_forwards_name_their_origin(bot: Bot, anna: Person, group: Chat) -> None:
    theirs = await anna.write("a /x", chat=group.id)
    await anna.forward(theirs["message_id"], chat=group.id)
    message = (await last(bot)).message
    assert message
    assert message.forward_origin
    assert message.chat.id == anna.id


async def test_people_delete_what_is_theirs(simulator: Simulator, anna: Person, ben: Person, group: Chat) -> None:
    theirs = await anna.write("a", chat=group.id)
    with pytest.raises(NotPossible):
        await ben.delete(theirs["message_id"], chat=group.id)
    await anna.delete(theirs["message_id"], chat=group.id)
    assert simulator.messages(group.id) == []


async def test_an_inline_query_gets_results(bot: Bot, simulator: Simulator, anna: Person) -> None:
    typed = asyncio.create_task(anna.inline_query("packaging"))
    await asyncio.sleep(0.01)
    query = (await last(bot)).inline_query
    assert query
    result = InlineQueryResultArticle("1", "FPI", InputTextMessageContent("<b>FPI</b>", parse_mode="HTML"))
    await bot.answer_inline_query(query.id, [result])
    (offered,) = await typed
    await anna.choose_inline_result(offered, query="packaging")
    assert simulator.messages(anna.id)[-1]["via_bot"]["id"] == bot.id
    chosen = (await last(bot)).chosen_inline_result
    assert chosen
    assert (chosen.result_id, chosen.query) == ("1", "packaging")


async def test_an_inline_query_without_an_answer_ends_empty(anna: Person) -> None:
    assert await anna.inline_query("a", seconds=0.01) == []


async def test_reactions_are_counted_for_the_viewer(simulator: Simulator, anna: Person, group: Chat) -> None:
    theirs = await anna.write("a", chat=group.id)
    await anna.react(theirs["message_id"], "👍", chat=group.id)
    (seen,) = simulator.messages(group.id, viewer=anna.id)
    assert seen["view"]["outgoing"] is True
    assert seen["view"]["reactions"] == [{"emoji": "👍", "count": 1, "chosen": True}]
    await anna.react(theirs["message_id"], "", chat=group.id)
    assert simulator.messages(group.id)[0]["view"]["reactions"] == []
