"""Groups, forums and channels, and what the bot hears there."""

from __future__ import annotations

import pytest
from telegram import Bot, Message
from telegram.error import ChatMigrated

from bot.simulator import Chat, NotPossible, Person, Simulator


async def heard(bot: Bot) -> list[str]:
    updates = await bot.get_updates(timeout=0)
    messages = (update.effective_message for update in updates)
    return [message.text for message in messages if message and message.text]


async def test_the_bot_hears_that_it_was_added(bot: Bot, simulator: Simulator, anna: Person) -> None:
    group = simulator.add_group("New", members=[anna])
    change = (await bot.get_updates(timeout=0))[-1].my_chat_member
    assert change
    assert (change.chat.id, change.from_user.id) == (group.id, anna.id)
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("left", "member")
    assert simulator.add_group("Again", chat_id=group.id) is group


async def test_privacy_mode_hides_what_is_not_for_the_bot(bot: Bot, anna: Person, group: Chat) -> None:
    sent = await bot.send_message(group.id, "question")
    await anna.write("among us", chat=group.id)
    await anna.write("/help", chat=group.id)
    await anna.write("/help@OtherBot", chat=group.id)
    await anna.write("/help@foodclustersbot", chat=group.id)
    await anna.write("/help@FoodClustersBot", chat=group.id)
    await anna.write("an answer", chat=group.id, reply_to=sent.message_id)
    assert await heard(bot) == ["/help", "/help@foodclustersbot", "/help@FoodClustersBot", "an answer"]


async def test_an_administrator_hears_everything(bot: Bot, simulator: Simulator, anna: Person, group: Chat) -> None:
    simulator.promote_bot(group.id)
    await anna.write("among us", chat=group.id)
    assert await heard(bot) == ["among us"]


async def test_without_privacy_mode_a_member_hears_everything(anna: Person, simulator: Simulator, group: Chat) -> None:
    simulator.world.privacy = False
    await anna.write("among us", chat=group.id)
    assert len(simulator.world.updates) == 1


async def test_members_come_and_go(bot: Bot, simulator: Simulator, group: Chat) -> None:
    carl = simulator.add_person("Carl", person_id=9)
    await bot.get_updates(timeout=0, allowed_updates=["message", "chat_member"])
    await carl.join(group.id)
    assert await bot.get_chat_member_count(group.id) == 4
    assert (await bot.get_chat_member(group.id, carl.id)).status == "member"
    await carl.leave(group.id)
    joined, came, went, left = await bot.get_updates(timeout=0)
    assert joined.chat_member
    assert came.message
    assert came.message.new_chat_members[0].id == carl.id
    assert went.message
    assert went.message.left_chat_member
    assert left.chat_member
    assert left.chat_member.new_chat_member.status == "left"
    assert carl.chats == [simulator.chat(carl.id)]


async def test_administrators_and_bans(bot: Bot, anna: Person, ben: Person, forum: Chat) -> None:
    administrators = await bot.get_chat_administrators(forum.id)
    assert {(member.user.id, member.status) for member in administrators} == {
        (anna.id, "creator"),
        (bot.id, "administrator"),
    }
    await bot.ban_chat_member(forum.id, ben.id)
    assert (await bot.get_chat_member(forum.id, ben.id)).status == "kicked"
    await bot.unban_chat_member(forum.id, ben.id, only_if_banned=True)
    assert (await bot.get_chat_member(forum.id, ben.id)).status == "left"


async def test_topics_hold_their_messages(bot: Bot, simulator: Simulator, anna: Person, forum: Chat) -> None:
    topic = await bot.create_forum_topic(forum.id, "Enquiry 1")
    thread = topic.message_thread_id
    sent = await bot.send_message(forum.id, "a", message_thread_id=thread)
    assert sent.is_topic_message
    answer = await anna.write("b", chat=forum.id, topic=thread)
    update = (await bot.get_updates(timeout=0))[-1].message
    assert update
    assert update.message_thread_id == thread
    # As in Telegram, a message in a topic answers the topic's first message when it answers nothing else.
    assert update.reply_to_message
    assert update.reply_to_message.forum_topic_created
    assert answer["reply_to_message"]["message_id"] == thread
    await bot.edit_forum_topic(forum.id, thread, name="Enquiry 1, closed")
    await bot.close_forum_topic(forum.id, thread)
    assert simulator.chat(forum.id).topics[thread].closed
    await bot.reopen_forum_topic(forum.id, thread)
    await bot.pin_chat_message(forum.id, sent.message_id)
    await bot.unpin_all_forum_topic_messages(forum.id, thread)
    assert simulator.chat(forum.id).pinned == []
    await bot.delete_forum_topic(forum.id, thread)
    assert simulator.messages(forum.id) == []


async def test_members_cannot_write_where_it_is_closed(
    bot: Bot, simulator: Simulator, anna: Person, ben: Person, forum: Chat
) -> None:
    topic = (await bot.create_forum_topic(forum.id, "a", icon_custom_emoji_id="5")).message_thread_id
    await bot.edit_forum_topic(forum.id, topic, icon_custom_emoji_id="6")
    await bot.close_forum_topic(forum.id, topic)
    await anna.write("the owner can", chat=forum.id, topic=topic)
    with pytest.raises(NotPossible, match="the topic is closed"):
        await ben.write("a", chat=forum.id, topic=topic)
    simulator.delete_topic(forum.id, topic)
    simulator.delete_topic(forum.id, topic)
    assert topic not in simulator.chat(forum.id).topics
    simulator.migrate(forum.id)
    with pytest.raises(NotPossible, match="has become a supergroup"):
        await anna.write("a", chat=forum.id)


async def test_people_open_topics_too(bot: Bot, ben: Person, forum: Chat) -> None:
    topic = await ben.open_topic("Question", chat=forum.id)
    update = (await bot.get_updates(timeout=0))[-1].message
    assert update
    assert update.forum_topic_created
    assert (update.message_thread_id, update.forum_topic_created.name) == (topic.id, "Question")


async def test_the_general_topic_can_be_renamed_and_typed_in(bot: Bot, simulator: Simulator, forum: Chat) -> None:
    await bot.edit_general_forum_topic(forum.id, "Hall")
    assert simulator.chat(forum.id).topics[1].name == "Hall"
    assert await bot.send_chat_action(forum.id, "typing", message_thread_id=1)
    assert await bot.get_forum_topic_icon_stickers() == ()


async def test_a_migrated_group_goes_on_under_its_new_id(bot: Bot, simulator: Simulator, anna: Person) -> None:
    group = simulator.add_group("Small", members=[anna], basic=True)
    new = simulator.migrate(group.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "a")
    assert moved.value.new_chat_id == new.id
    assert (await bot.send_message(new.id, "a")).chat.type == "supergroup"
    services = [update.message for update in await bot.get_updates(timeout=0) if update.message]
    assert [message.migrate_to_chat_id or message.migrate_from_chat_id for message in services] == [new.id, group.id]


async def test_channels_speak_for_themselves(bot: Bot, simulator: Simulator, anna: Person, ben: Person) -> None:
    channel = simulator.add_channel("News", username="news", members=[anna, ben])
    sent = await bot.send_message("@news", "a")
    assert simulator.add_channel("Again", chat_id=channel.id) is channel
    assert sent.from_user is None
    assert sent.sender_chat
    assert sent.sender_chat.id == channel.id
    edited = await bot.edit_message_text("b", channel.id, sent.message_id)
    assert isinstance(edited, Message)
    await anna.write("from the owner", chat=channel.id)
    assert await heard(bot) == ["from the owner"]
    forwarded = await bot.forward_message(anna.id, channel.id, sent.message_id)
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "channel"
