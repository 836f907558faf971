"""What happens when a person presses a button under a message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.simulator.chats import Account, Chat
from bot.simulator.errors import NotPossible
from bot.simulator.events import Message
from bot.simulator.speaking import say
from bot.simulator.world import World

Button = str | tuple[int, int]


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the app shows after a press: a passing text or an alert, or the address that it opens."""

    text: str = ""
    alert: bool = False
    url: str = ""


async def press(
    world: World, account: Account, message: Message | None, button: Button, seconds: float
) -> CallbackAnswer | None:
    """Press a button of an inline or a reply keyboard and wait for the bot's answer.

    Raises:
        NotPossible: there is no such button, or the person blocks the bot.
    """
    if message is None:
        raise NotPossible("there is no such message")
    chat = world.chats[message["chat"]["id"]]
    if chat.is_private and chat.member(world.bot.id).status == "kicked":
        raise NotPossible("who blocks the bot cannot press its buttons")
    pressed = _find(message, chat.keyboards.get(message["message_id"], {}), button)
    if "callback_data" in pressed:
        return await _call_back(world, account, message, pressed["callback_data"], seconds)
    if "url" in pressed:
        return CallbackAnswer(url=pressed["url"])
    if "inline_keyboard" not in message.get("reply_markup", {}):
        _type(world, account, chat, message, pressed)
    return None


def _find(message: Message, keyboard: dict[str, Any], button: Button) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = (
        message.get("reply_markup", {}).get("inline_keyboard") or keyboard.get("keyboard") or []
    )
    if isinstance(button, tuple):
        row, column = button
        if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
            return rows[row][column]
    for place in (place for row in rows for place in row):
        if button in {place["text"], place.get("callback_data")}:
            return place
    raise NotPossible(f"there is no button {button}")


async def _call_back(
    world: World, account: Account, message: Message, data: str, seconds: float
) -> CallbackAnswer | None:
    query = world.ask("callback", account.id)
    pressed = {
        "id": query.id,
        "from": account.as_user(),
        "message": message,
        "chat_instance": str(message["chat"]["id"]),
        "data": data,
    }
    world.notify("callback_query", pressed)
    try:
        async with asyncio.timeout(seconds):
            return CallbackAnswer(**await query.answer)
    except TimeoutError:
        return None


def _type(world: World, account: Account, chat: Chat, message: Message, button: dict[str, Any]) -> None:
    topic = message.get("message_thread_id")
    if button.get("request_contact"):
        contact = {"phone_number": "+490000000000", "first_name": account.first_name, "user_id": account.id}
        say(world, account, chat.id, {"contact": contact}, topic=topic)
    elif button.get("request_location"):
        say(world, account, chat.id, {"location": {"latitude": 52.52, "longitude": 13.405}}, topic=topic)
    else:
        say(world, account, chat.id, {"text": button["text"]}, topic=topic)
