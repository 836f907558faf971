"""Each refusal, in Telegram's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.simulator import Answer, Chat, Person, Simulator, Upload

Call = Callable[..., Coroutine[Any, Any, Answer]]

FORMS = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def said(answer: Answer, status: int = 400) -> str:
    assert answer.status == answer.body["error_code"] == status
    assert answer.body["ok"] is False
    description: str = answer.body["description"]
    assert description.startswith(FORMS[status])
    return description.removeprefix(FORMS[status])


def keyboard(*buttons: dict[str, Any]) -> str:
    return json.dumps({"inline_keyboard": [buttons]})


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 99, "text": "a"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ({"chat_id": "seven", "text": "a"}, "chat not found"),
        ({"chat_id": 7}, "message text is empty"),
        ({"chat_id": 7, "text": " \n "}, "message text is empty"),
        ({"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": 7, "text": "a" * 4097}, "message is too long"),
        ({"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "a", "message_thread_id": 5}, "message thread not found"),
        ({"chat_id": 7, "text": "a", "reply_parameters": '{"message_id": 50}'}, "message to be replied not found"),
        ({"chat_id": 7, "text": "a", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"chat_id": 7, "text": "a", "reply_markup": "[]["}, "can't parse reply markup JSON object"),
        ({"chat_id": 7, "text": "a", "reply_markup": "[1]"}, "object expected as reply markup"),
    ],
)
async def test_texts(call: Call, anna: Person, parameters: dict[str, object], reason: str) -> None:
    assert said(await call("sendMessage", **parameters)) == reason


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard({"text": "a", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "a", "callback_data": "ü" * 33}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "a", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (
            keyboard({"text": "a"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (keyboard({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (keyboard({"text": " ", "callback_data": "x"}), "inline keyboard button text must be non-empty"),
        (
            keyboard({"text": "a", "url": "localhost"}),
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (keyboard(*[{"text": "a", "callback_data": "x"}] * 101), "reply markup is too long"),
        ('{"inline_keyboard": [{}]}', "can't parse inline keyboard: Array of Arrays expected"),
        ('{"keyboard": [[{}]]}', "can't parse keyboard button: Can't find field \"text\""),
    ],
)
async def test_keyboards(call: Call, anna: Person, markup: str, reason: str) -> None:
    assert said(await call("sendMessage", chat_id=7, text="a", reply_markup=markup)) == reason


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "wrong location: coordinates are out of range"),
        ("sendVenue", {"latitude": 1, "longitude": 1, "title": "a"}, "venue address must be non-empty"),
        ("sendContact", {"first_name": "a"}, "phone number is empty"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "unknown"}, "wrong file identifier/HTTP URL specified"),
        (
            "sendPhoto",
            {"photo": "attach://none"},
            "wrong file identifier/HTTP URL specified: the attached file is missing",
        ),
        ("sendMediaGroup", {"media": "{}"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": '[{"type": "photo"}]'}, "media must contain 2-10 items"),
        (
            "sendMediaGroup",
            {"media": '[{"type": "photo"}, {"type": "document"}]'},
            "document can't be mixed with other media types",
        ),
        (
            "sendMediaGroup",
            {"media": '[{"type": "voice"}, {"type": "voice"}]'},
            "can't parse InputMedia: type of media can't be sent in an album",
        ),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("copyMessage", {"from_chat_id": 7, "message_id": 50}, "message to copy not found"),
        ("copyMessages", {"from_chat_id": 7, "message_ids": "[]"}, "message identifiers are not specified"),
        ("copyMessages", {"from_chat_id": 7, "message_ids": "[50]"}, "there are no messages to copy"),
        (
            "copyMessages",
            {"from_chat_id": 7, "message_ids": "[2,1]"},
            "message identifiers must be in a strictly increasing order",
        ),
        ("forwardMessage", {"from_chat_id": 7, "message_id": 50}, "message to forward not found"),
        ("forwardMessage", {"from_chat_id": 99, "message_id": 50}, "chat not found"),
        ("forwardMessages", {"from_chat_id": 7, "message_ids": "[50]"}, "there are no messages to forward"),
        ("deleteMessage", {"message_id": 50}, "message to delete not found"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": list(range(101))}, "too many messages to delete"),
        ("pinChatMessage", {"message_id": 50}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 50}, "message to react not found"),
        ("setMessageReaction", {"message_id": 1, "reaction": '[{"type": "emoji", "emoji": "x"}]'}, "REACTION_INVALID"),
        ("setMessageReaction", {"message_id": 1, "reaction": "[{}, {}]"}, "REACTIONS_TOO_MANY"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": "[1]"},
            "can't parse reaction: Array of ReactionType expected",
        ),
        (
            "copyMessage",
            {"from_chat_id": 7, "message_id": 1, "reply_parameters": "1"},
            "can't parse reply parameters: Object expected",
        ),
        (
            "sendMessage",
            {"text": "a", "entities": '{"type": "bold"}'},
            "can't parse entities: Array of MessageEntity expected",
        ),
        ("sendMessage", {"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ("copyMessages", {"from_chat_id": 7, "message_ids": list(range(101))}, "too many messages"),
        (
            "sendMessage",
            {"text": "a", "reply_parameters": '{"message_id": 1, "chat_id": -5}'},
            "message to be replied not found: the simulator knows replies in the same chat only",
        ),
        ("getChatMember", {"user_id": 99}, "invalid user_id specified"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("createForumTopic", {"name": "a"}, "the chat is not a forum"),
    ],
)
async def test_calls_to_a_chat(
    call: Call, anna: Person, method: str, parameters: dict[str, object], reason: str
) -> None:
    assert said(await call(method, chat_id=7, **parameters)) == reason


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("answerCallbackQuery", {"callback_query_id": "1"}, TOO_OLD),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": "[]"}, TOO_OLD),
        ("answerInlineQuery", {"inline_query_id": "1"}, "results is empty"),
        ("answerInlineQuery", {"results": [{"id": "a"}] * 51}, "RESULTS_TOO_MUCH"),
        ("answerInlineQuery", {"results": [{"id": "a"}, {"id": "a"}]}, "RESULT_ID_DUPLICATE"),
        ("answerInlineQuery", {"results": [{"id": "a" * 65}]}, "RESULT_ID_INVALID"),
        ("setMyCommands", {"commands": "1"}, "can't parse commands: Array of BotCommand expected"),
        ("setMyCommands", {"commands": [{}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [{"command": "Ärger", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [], "language_code": "german"}, "invalid language code specified"),
        (
            "setMyCommands",
            {"commands": [], "scope": '{"type": "all"}'},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMyCommands", {"commands": [], "scope": '{"type": "chat", "chat_id": 99}'}, "chat not found"),
        (
            "setMyCommands",
            {"commands": [], "scope": '{"type": 1}'},
            'can\'t parse BotCommandScope: Field "type" must be of type String',
        ),
        ("setMyName", {"name": "a" * 65}, "name is too long"),
        ("setMyDescription", {"description": "a" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "short description is too long"),
        ("setChatMenuButton", {"menu_button": '{"type": "x"}'}, "can't parse MenuButton: Unsupported type specified"),
        ("getUpdates", {"allowed_updates": "1"}, "can't parse allowed_updates: Array of strings expected"),
        (
            "setWebhook",
            {"url": "http://example.org"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://example.org:99"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://example.org", "secret_token": "ä"},
            "secret token contains unallowed characters",
        ),
        ("editMessageText", {"inline_message_id": "x", "text": "a"}, "MESSAGE_ID_INVALID"),
    ],
)
async def test_other_calls(call: Call, method: str, parameters: dict[str, object], reason: str) -> None:
    assert said(await call(method, **parameters)) == reason


async def test_edits(call: Call, anna: Person) -> None:
    markup = keyboard({"text": "a", "callback_data": "x"})
    await call("sendMessage", chat_id=7, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)
    place: dict[str, object] = {"chat_id": 7, "message_id": 2}
    same = await call("editMessageText", **place, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)
    assert said(same) == NOT_MODIFIED
    assert said(await call("editMessageReplyMarkup", **place, reply_markup=markup)) == NOT_MODIFIED
    assert said(await call("editMessageText", **place, text="")) == "message text is empty"
    assert said(await call("editMessageText", **place, text="b" * 4097)) == "message is too long"
    no_caption = "there is no caption in the message to edit"
    assert said(await call("editMessageCaption", **place, caption="b")) == no_caption
    reply = '{"keyboard": [["a"]]}'
    assert said(await call("editMessageText", **place, text="b", reply_markup=reply)) == "inline keyboard expected"
    assert said(await call("editMessageText", chat_id=7, text="b")) == "message identifier is not specified"
    missing = await call("editMessageText", chat_id=7, message_id=50, text="b")
    assert said(missing) == "message to edit not found"
    foreign = await call("editMessageText", chat_id=7, message_id=1, text="b")
    assert said(foreign) == "message can't be edited"


async def test_edits_of_media(
    simulator: Simulator, call: Call, anna: Person, picture: Callable[[int, int], bytes]
) -> None:
    photo = {"photo": Upload("a.png", picture(9, 9))}
    await simulator.call("sendPhoto", {"chat_id": 7, "caption": "a"}, photo)
    place: dict[str, object] = {"chat_id": 7, "message_id": 2}
    assert said(await call("editMessageText", **place, text="b")) == "there is no text in the message to edit"
    assert said(await call("editMessageCaption", **place, caption="a")) == NOT_MODIFIED
    assert said(await call("editMessageCaption", **place, caption="a" * 1025)) == "MEDIA_CAPTION_TOO_LONG"
    unsupported = await call("editMessageMedia", **place, media='{"type": "location"}')
    assert said(unsupported) == "can't parse InputMedia: Unsupported type specified"
    await call("sendLocation", chat_id=7, latitude=1, longitude=1)
    nothing = await call("editMessageMedia", chat_id=7, message_id=3, media='{"type": "photo"}')
    assert said(nothing) == "there is no media in the message to edit"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        ((9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ((21, 1), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_pictures(
    simulator: Simulator,
    anna: Person,
    picture: Callable[[int, int], bytes],
    content: bytes | tuple[int, int],
    reason: str,
) -> None:
    upload = Upload("a.png", content if isinstance(content, bytes) else picture(*content))
    answer = await simulator.call("sendPhoto", {"chat_id": 7}, {"photo": upload})
    assert said(answer) == reason


async def test_a_photo_that_is_too_big(
    simulator: Simulator, anna: Person, picture: Callable[[int, int], bytes]
) -> None:
    upload = Upload("a.png", picture(9, 9) + bytes(10 * 1024 * 1024))
    answer = await simulator.call("sendPhoto", {"chat_id": 7}, {"photo": upload})
    assert said(answer) == "file is too big for a photo; the maximum size is 10485760 bytes"


async def test_a_caption_that_is_too_long(simulator: Simulator, anna: Person) -> None:
    files = {"document": Upload("a.txt", b"a")}
    answer = await simulator.call("sendDocument", {"chat_id": 7, "caption": "a" * 1025}, files)
    assert said(answer) == "MEDIA_CAPTION_TOO_LONG"


async def test_a_file_of_another_kind(simulator: Simulator, call: Call, anna: Person) -> None:
    sent = await simulator.call("sendDocument", {"chat_id": 7}, {"document": Upload("a.txt", b"a")})
    file_id = sent.body["result"]["document"]["file_id"]
    answer = await call("sendPhoto", chat_id=7, photo=file_id)
    assert said(answer) == "can't use file of type documents as photo"


async def test_people_who_cannot_be_reached(simulator: Simulator, call: Call, anna: Person, ben: Person) -> None:
    unknown = await call("sendMessage", chat_id=ben.id, text="a")
    assert said(unknown, 403) == "bot can't initiate conversation with a user"
    await anna.block()
    for method in ("sendMessage", "sendChatAction", "copyMessage"):
        parameters = {"chat_id": 7, "text": "a", "action": "typing", "from_chat_id": 7, "message_id": 1}
        assert said(await call(method, **parameters), 403) == "bot was blocked by the user"
    simulator.deactivate(anna.id)
    assert said(await call("sendMessage", chat_id=7, text="a"), 403) == "user is deactivated"


async def test_groups_without_the_bot(simulator: Simulator, call: Call, group: Chat) -> None:
    simulator.remove_bot(group.id)
    kicked = await call("sendMessage", chat_id=group.id, text="a")
    assert said(kicked, 403) == "bot was kicked from the supergroup chat"
    simulator.demote_bot(group.id)
    await call("leaveChat", chat_id=group.id)
    left = await call("getChatMember", chat_id=group.id, user_id=7)
    assert said(left, 403) == "bot is not a member of the supergroup chat"


async def test_rights_in_groups(simulator: Simulator, call: Call, anna: Person, group: Chat) -> None:
    theirs = await anna.write("a", chat=group.id)
    place: dict[str, object] = {"chat_id": group.id, "message_id": theirs["message_id"]}
    no_pin = "not enough rights to manage pinned messages in the chat"
    assert said(await call("pinChatMessage", **place)) == no_pin
    assert said(await call("unpinAllChatMessages", chat_id=group.id)) == no_pin
    assert said(await call("deleteMessage", **place)) == "message can't be deleted for everyone"
    no_ban = "not enough rights to restrict/unrestrict chat member"
    assert said(await call("banChatMember", chat_id=group.id, user_id=8)) == no_ban
    simulator.promote_bot(group.id)
    owner = await call("banChatMember", chat_id=group.id, user_id=7)
    assert said(owner) == "can't remove chat owner"
    simulator.demote_bot(group.id, may_write=False)
    mute = await call("sendMessage", chat_id=group.id, text="a")
    assert said(mute) == "not enough rights to send text messages to the chat"


async def test_rights_in_channels(simulator: Simulator, call: Call) -> None:
    channel = simulator.add_channel("News", username="news")
    assert (await call("sendMessage", chat_id="@News", text="a")).status == 200
    simulator.demote_bot(channel.id)
    answer = await call("sendMessage", chat_id=channel.id, text="a")
    assert said(answer) == "need administrator rights in the channel chat"


async def test_old_messages_are_not_deleted(call: Call, anna: Person, clock: Any) -> None:
    clock.advance(hours=48, seconds=1)
    answer = await call("deleteMessage", chat_id=7, message_id=1)
    assert said(answer) == "message can't be deleted for everyone"


async def test_protected_messages_stay_where_they_are(call: Call, anna: Person) -> None:
    await call("sendMessage", chat_id=7, text="a", protect_content=True)
    place: dict[str, object] = {"chat_id": 7, "from_chat_id": 7, "message_id": 2}
    assert said(await call("copyMessage", **place)) == "message can't be copied"
    assert said(await call("forwardMessage", **place)) == "message can't be forwarded"


async def test_an_album_keeps_its_kind(
    simulator: Simulator, call: Call, anna: Person, picture: Callable[[int, int], bytes]
) -> None:
    files = {"p": Upload("p.png", picture(9, 9)), "d": Upload("d.txt", b"a")}
    media = json.dumps([{"type": "photo", "media": "attach://p"}] * 2)
    await simulator.call("sendMediaGroup", {"chat_id": 7, "media": media}, files)
    changed = {"chat_id": 7, "message_id": 2, "media": '{"type": "document", "media": "attach://d"}'}
    answer = await simulator.call("editMessageMedia", changed, files)
    assert said(answer) == "can't change media type in the album"


async def test_a_file_that_is_too_big_to_fetch(simulator: Simulator, call: Call, anna: Person) -> None:
    big = await anna.send_document(bytes(20 * 1024 * 1024 + 1), "big.bin")
    assert said(await call("getFile", file_id=big["document"]["file_id"])) == "file is too big"


async def test_service_messages_are_not_deleted(call: Call, ben: Person, group: Chat) -> None:
    await ben.leave(group.id)
    await ben.join(group.id)
    answer = await call("deleteMessage", chat_id=group.id, message_id=3)
    assert said(answer) == "message can't be deleted for everyone"


async def test_topics(simulator: Simulator, call: Call, forum: Chat) -> None:
    place: dict[str, object] = {"chat_id": forum.id}
    assert said(await call("createForumTopic", **place, name=" ")) == "topic name must be non-empty"
    assert said(await call("createForumTopic", **place, name="a" * 129)) == "topic name is too long"
    color = await call("createForumTopic", **place, name="a", icon_color=1)
    assert said(color) == "invalid icon color specified"
    missing = await call("sendMessage", **place, text="a", message_thread_id=50)
    assert said(missing) == "message thread not found"
    for method in ("editForumTopic", "closeForumTopic", "deleteForumTopic", "unpinAllForumTopicMessages"):
        assert said(await call(method, **place, message_thread_id=50)) == "message thread not found"
    general = await call("sendMessage", **place, text="a", message_thread_id=1)
    assert said(general) == "message thread not found"
    created = await call("createForumTopic", **place, name="a")
    topic: dict[str, object] = {**place, "message_thread_id": created.body["result"]["message_thread_id"]}
    simulator.demote_bot(forum.id)
    assert said(await call("createForumTopic", **place, name="b")) == "not enough rights to create a topic"
    assert said(await call("closeForumTopic", **topic)) == "not enough rights to manage topics"
    assert said(await call("deleteForumTopic", **topic)) == "not enough rights to delete the topic"


async def test_closed_topics(simulator: Simulator, call: Call, forum: Chat) -> None:
    topic = (await call("createForumTopic", chat_id=forum.id, name="a")).body["result"]["message_thread_id"]
    place: dict[str, object] = {"chat_id": forum.id, "message_thread_id": topic}
    assert said(await call("editForumTopic", **place)) == "TOPIC_NOT_MODIFIED"
    assert said(await call("reopenForumTopic", **place)) == "TOPIC_NOT_MODIFIED"
    await call("closeForumTopic", **place)
    assert (await call("sendMessage", **place, text="a")).status == 200
    simulator.demote_bot(forum.id)
    assert said(await call("sendMessage", **place, text="a")) == "TOPIC_CLOSED"


async def test_migrated_groups_tell_where_they_went(simulator: Simulator, call: Call, anna: Person) -> None:
    group = simulator.add_group("Small", members=[anna], basic=True)
    new = simulator.migrate(group.id)
    answer = await call("sendMessage", chat_id=group.id, text="a")
    assert said(answer) == "group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await call("sendMessage", chat_id=new.id, text="a")).status == 200


async def test_unknown_methods(call: Call) -> None:
    answer = await call("sendEverything")
    assert (answer.status, answer.body["description"]) == (404, "Not Found: method not found")
