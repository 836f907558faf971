"""Pictures come with their text, and change their colours in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Begin = Callable[..., Any]


@pytest.mark.parametrize(
    ("button", "told"), [("Map of the four seats", "Quakenbrück"), ("Value chain and clusters", "GIQS")]
)
async def test_a_picture_is_sent_and_changes_its_colours(button: str, told: str, talk: Begin) -> None:
    firm = talk("en")
    await firm.say("/clusters")
    await firm.person.press(firm.messages()[-1]["message_id"], button)
    await firm.bot.inbox.idle()
    light = firm.messages()[-1]
    assert told in light["caption"]
    assert light["photo"][-1]["width"] == 1080
    await firm.person.press(light["message_id"], "Dark")
    await firm.bot.inbox.idle()
    dark = firm.messages()[-1]
    assert dark["message_id"] == light["message_id"]
    assert dark["photo"][-1]["file_unique_id"] != light["photo"][-1]["file_unique_id"]
    assert "Light" in firm.buttons()
    assert "Dark" not in firm.buttons()
