"""What a real bot sends arrives in the chats, and can be changed, copied and deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.simulator import Chat, Event, Person, Simulator

Picture = Callable[[int, int], bytes]


async def test_a_text_arrives_with_its_entities_and_keyboard(bot: Bot, simulator: Simulator, anna: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(anna.id, "<b>Hallo</b>", parse_mode="HTML", reply_markup=keyboard)
    (_, received) = simulator.messages(anna.id, viewer=anna.id)
    assert received["text"] == sent.text == "Hallo"
    assert received["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert received["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "go"
    assert received["view"] == {"outgoing": False, "reactions": [], "pinned": False, "keyboard": {}}


async def test_a_mention_by_id_names_people_who_are_known(bot: Bot, anna: Person) -> None:
    text = f'<a href="tg://user?id={anna.id}">a</a> <a href="tg://user?id=99">b</a>'
    sent = await bot.send_message(anna.id, text, parse_mode="HTML")
    assert [entity.user.first_name for entity in sent.entities if entity.user] == ["Anna"]


async def test_errors_reach_the_bot_as_its_own_classes(bot: Bot, anna: Person, ben: Person) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(99, "a")
    with pytest.raises(Forbidden, match="bot can't initiate conversation"):
        await bot.send_message(ben.id, "a")


async def test_places_and_contacts(bot: Bot, anna: Person) -> None:
    place = await bot.send_location(anna.id, 52.5, 13.4)
    venue = await bot.send_venue(anna.id, 52.5, 13.4, "Office", "Street 1")
    contact = await bot.send_contact(anna.id, "+49 30 1", "Ben", "Beispiel")
    assert place.location
    assert place.location.latitude == 52.5
    assert venue.venue
    assert venue.venue.address == "Street 1"
    assert contact.contact
    assert contact.contact.last_name == "Beispiel"


async def test_files_come_back_as_they_went(bot: Bot, anna: Person, picture: Picture) -> None:
    photo = await bot.send_photo(anna.id, picture(200, 100), caption="<i>c</i>", parse_mode="HTML")
    assert [(size.width, size.height) for size in photo.photo] == [(90, 45), (200, 100)]
    assert photo.caption_entities[0].type == "italic"
    document = await bot.send_document(anna.id, b"content", filename="list.csv")
    assert document.document
    assert (document.document.file_name, document.document.mime_type) == ("list.csv", "text/csv")
    file = await bot.get_file(document.document.file_id)
    assert await file.download_as_bytearray() == b"content"
    same = await bot.send_photo(anna.id, photo.photo[-1].file_id, show_caption_above_media=True)
    assert same.photo[-1].width == 200
    again = await bot.send_document(anna.id, document.document.file_id)
    assert again.document
    assert again.document.file_name == "list.csv"


async def test_sounds_and_films(bot: Bot, anna: Person) -> None:
    voice = await bot.send_voice(anna.id, b"sound", duration=3)
    video = await bot.send_video(anna.id, b"film", duration=4)
    assert voice.voice
    assert voice.voice.to_dict()["duration"] == 3
    assert video.video
    assert video.video.width == 320
    assert (await bot.send_audio(anna.id, b"song")).audio
    assert (await bot.send_animation(anna.id, b"film")).animation


async def test_an_album_shares_one_group(bot: Bot, anna: Person, picture: Picture) -> None:
    media = [InputMediaPhoto(picture(9, 9), caption="c"), InputMediaPhoto(picture(9, 9))]
    first, second = await bot.send_media_group(anna.id, media)
    assert first.media_group_id == second.media_group_id is not None
    assert (first.caption, second.caption) == ("c", None)


async def test_a_refused_album_leaves_nothing(bot: Bot, simulator: Simulator, anna: Person, picture: Picture) -> None:
    media = [InputMediaPhoto(picture(9, 9)), InputMediaPhoto(b"broken")]
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_media_group(anna.id, media)
    assert len(simulator.messages(anna.id)) == 1


async def test_edits_change_the_message_and_mark_it(bot: Bot, simulator: Simulator, anna: Person) -> None:
    events: list[Event] = []
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(anna.id, "<b>a</b>", parse_mode="HTML", reply_markup=keyboard)
    simulator.subscribe(events.append)
    edited = await bot.edit_message_text("b", anna.id, sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.entities, edited.reply_markup) == ("b", (), None)
    assert edited.edit_date
    assert [(event.kind, event.message_id) for event in events] == [("edited", sent.message_id)]


async def test_a_new_keyboard_alone_does_not_mark_the_message(bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(anna.id, "a")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    edited = await bot.edit_message_reply_markup(anna.id, sent.message_id, reply_markup=keyboard)
    assert isinstance(edited, Message)
    assert edited.edit_date is None
    assert edited.reply_markup == keyboard


async def test_captions_and_files_are_exchanged(bot: Bot, anna: Person, picture: Picture) -> None:
    sent = await bot.send_photo(anna.id, picture(9, 9), caption="a")
    edited = await bot.edit_message_caption(anna.id, sent.message_id, caption="b")
    assert isinstance(edited, Message)
    assert edited.caption == "b"
    media = InputMediaDocument(b"content", filename="a.txt", caption="c")
    exchanged = await bot.edit_message_media(media, anna.id, sent.message_id)
    assert isinstance(exchanged, Message)
    assert exchanged.document
    assert (exchanged.photo, exchanged.caption) == ((), "c")


async def test_replies_quote_one_message(bot: Bot, anna: Person) -> None:
    first = await bot.send_message(anna.id, "a", reply_to_message_id=1)
    second = await bot.send_message(anna.id, "b", reply_to_message_id=first.message_id)
    assert second.reply_to_message
    assert second.reply_to_message.text == "a"
    assert second.reply_to_message.reply_to_message is None
    without = await bot.send_message(anna.id, "c", reply_to_message_id=50, allow_sending_without_reply=True)
    assert without.reply_to_message is None


async def test_a_reply_can_quote_a_part(bot: Bot, anna: Person) -> None:
    await anna.write("😀 one two")
    sent = await bot.send_message(anna.id, "b", reply_parameters=ReplyParameters(2, quote="two"))
    assert sent.quote
    assert (sent.quote.text, sent.quote.position) == ("two", 7)
    with pytest.raises(BadRequest, match="Quote_text_invalid"):
        await bot.send_message(anna.id, "b", reply_parameters=ReplyParameters(2, quote="three"))


async def test_who_hides_forwards_is_only_named(bot: Bot, simulator: Simulator, group: Chat) -> None:
    carl = simulator.add_person("Carl", last_name="Beispiel", hides_forwards=True)
    theirs = await carl.write("a")
    forwarded = await bot.forward_message(group.id, carl.id, theirs["message_id"])
    assert forwarded.forward_origin
    assert forwarded.forward_origin.to_dict()["sender_user_name"] == "Carl Beispiel"
    assert forwarded.forward_origin.type == "hidden_user"


async def test_a_copy_has_no_origin_and_a_forward_has_one(bot: Bot, anna: Person, group: Chat) -> None:
    theirs = await anna.write("ask /this")
    copied = await bot.copy_message(group.id, anna.id, theirs["message_id"])
    forwarded = await bot.forward_message(group.id, anna.id, theirs["message_id"])
    assert copied.message_id == forwarded.message_id - 1
    assert forwarded.forward_origin
    assert forwarded.forward_origin.to_dict()["sender_user"]["id"] == anna.id
    assert forwarded.entities[0].type == "bot_command"


async def test_a_copy_can_have_a_caption_of_its_own(
    bot: Bot, simulator: Simulator, anna: Person, picture: Picture
) -> None:
    sent = await anna.send_photo(picture(9, 9), caption="theirs")
    await bot.copy_message(anna.id, anna.id, sent["message_id"], caption="ours")
    assert simulator.messages(anna.id)[-1]["caption"] == "ours"


async def test_several_messages_at_once(bot: Bot, simulator: Simulator, anna: Person, group: Chat) -> None:
    for text in ("a", "b"):
        await anna.write(text)
    assert len(await bot.copy_messages(group.id, anna.id, [1, 2, 3, 9])) == 3
    assert len(await bot.forward_messages(group.id, anna.id, [2, 3])) == 2
    await bot.delete_messages(anna.id, [1, 2, 9])
    assert [message["text"] for message in simulator.messages(anna.id)] == ["b"]


async def test_a_deleted_message_vanishes(bot: Bot, simulator: Simulator, anna: Person) -> None:
    events: list[Event] = []
    sent = await bot.send_message(anna.id, "a")
    stop = simulator.subscribe(events.append)
    await bot.delete_message(anna.id, sent.message_id)
    stop()
    await bot.send_message(anna.id, "b")
    assert [event.kind for event in events] == ["deleted"]
    assert [message["text"] for message in simulator.messages(anna.id)] == ["/start", "b"]


async def test_typing_and_reactions_are_told(bot: Bot, simulator: Simulator, anna: Person) -> None:
    events: list[Event] = []
    simulator.subscribe(events.append)
    await bot.send_chat_action(anna.id, "typing")
    await bot.set_message_reaction(anna.id, 1, "👍")
    assert [event.kind for event in events] == ["typing", "reaction"]
    reactions = simulator.messages(anna.id, viewer=anna.id)[0]["view"]["reactions"]
    assert reactions == [{"emoji": "👍", "count": 1, "chosen": False}]


async def test_options_stay_with_the_message(bot: Bot, anna: Person, picture: Picture) -> None:
    text = await bot.send_message(anna.id, "a", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert text.link_preview_options
    assert text.link_preview_options.is_disabled
    photo = await bot.send_photo(anna.id, picture(9, 9), caption="a", show_caption_above_media=True)
    assert photo.show_caption_above_media


async def test_a_deleted_message_is_no_longer_pinned(bot: Bot, anna: Person) -> None:
    await bot.pin_chat_message(anna.id, 1)
    await bot.delete_message(anna.id, 1)
    assert (await bot.get_chat(anna.id)).pinned_message is None


async def test_pinned_messages(bot: Bot, simulator: Simulator, anna: Person, forum: Chat) -> None:
    await bot.pin_chat_message(anna.id, 1)
    chat = await bot.get_chat(anna.id)
    assert chat.pinned_message
    assert chat.pinned_message.message_id == 1
    assert simulator.messages(anna.id)[-1]["pinned_message"]["text"] == "/start"
    await bot.unpin_chat_message(anna.id)
    assert (await bot.get_chat(anna.id)).pinned_message is None
    sent = await bot.send_message(forum.id, "a")
    await bot.pin_chat_message(forum.id, sent.message_id)
    await bot.unpin_all_chat_messages(forum.id)
    assert simulator.chat(forum.id).pinned == []
