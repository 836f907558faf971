"""What goes along with an announcement: a picture, a file, or a whole message as its author sent it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

from bot.app import Running
from bot.simulator.speaking import texted
from tests.handlers.announcing.test_announcing import known, sender_of, subscribe

Begin = Callable[..., Any]


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "PNG")
    return buffer.getvalue()


async def at_the_text(bot: Running, talk: Begin) -> tuple[Any, Any]:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await sender.say("/announce")
    await sender.press("Neuigkeiten")
    await sender.press("FPI")
    return sender, reader


async def to_the_end(sender: Any) -> str:
    await sender.press("Weiter")
    await sender.press("Sofort")
    return str(await sender.press("Mich fragen"))


async def handled(sender: Any) -> str:
    """Return the text of what the bot has said last."""
    await sender.bot.idle()
    sender.seen = sender.messages()[-1]["message_id"]
    return str(sender.messages()[-1]["text"])


async def test_a_picture_goes_along_and_is_uploaded_by_nobody_but_its_author(bot: Running, talk: Begin) -> None:
    sender, reader = await at_the_text(bot, talk)
    await sender.person.send_photo(picture(), caption="Messe\nWir kommen.")
    assert "englischen Text" in await handled(sender)
    await sender.press("Nur Deutsch")
    assert "Mit Bild" in await to_the_end(sender)
    [one] = await known(bot)
    await sender.press("Einplanen")
    await bot.services.broadcast.idle()
    sent = reader.messages()[-1]
    assert sent["caption"].startswith("Messe\n\nWir kommen.")
    assert sent["photo"][-1]["file_id"] == one.texts["de"]["photo"]
    assert "Abbestellen" in sent["reply_markup"]["inline_keyboard"][0][0]["text"]


async def test_a_file_without_words_asks_for_them_and_can_be_taken_away(bot: Running, talk: Begin) -> None:
    sender, _ = await at_the_text(bot, talk)
    await sender.person.send_document(b"%PDF", "a.pdf")
    assert "schreiben Sie jetzt den Text" in await handled(sender)
    assert "englischen Text" in await sender.say("Titel\nText")
    await sender.say("Title\nText")
    overview = await to_the_end(sender)
    assert "Mit Datei" in overview
    await sender.press("Deutschen Text ändern")
    await sender.press("Ohne Bild und Datei")
    assert "Mit Datei" not in await sender.press("Zurück")
    [one] = await known(bot)
    assert one.texts["de"] == {"title": "Titel", "body": "Text"}


async def test_what_goes_along_with_one_language_goes_along_with_the_other(bot: Running, talk: Begin) -> None:
    sender, _ = await at_the_text(bot, talk)
    other = talk("en")
    await other.say("/start")
    await subscribe(bot, other, language="en")
    await sender.person.send_photo(picture(), caption="Messe")
    await handled(sender)
    await sender.say("Fair\nCome.")
    await to_the_end(sender)
    await sender.press("Einplanen")
    await bot.services.broadcast.idle()
    assert other.messages()[-1]["caption"].startswith("Fair\n\nCome.")


async def test_a_message_is_used_as_it_is_and_cannot_be_changed_afterwards(bot: Running, talk: Begin) -> None:
    sender, reader = await at_the_text(bot, talk)
    assert "genau so an" in await sender.press("Eine Nachricht, wie sie ist")
    written = sender.person._send(texted("<b>So</b> soll es sein", "HTML"), None, None, None)
    await sender.answer()
    await sender.person.edit(written["message_id"], "Ganz anders")
    await sender.answer()
    await sender.press("Nur Deutsch")
    assert "Eine Nachricht, wie sie ist" in await to_the_end(sender)
    await sender.press("Vorschau Deutsch")
    assert sender.messages()[-1]["text"] == "So soll es sein"
    await sender.press("Abbestellen: Neuigkeiten")
    await sender.say("/announcements")
    await sender.press("1. So soll es sein")
    await sender.press("Weiter")
    await sender.press("Einplanen")
    await bot.services.broadcast.idle()
    sent = reader.messages()[-1]
    assert (sent["text"], sent["entities"][0]["type"]) == ("So soll es sein", "bold")
    assert "forward_origin" not in sent
    assert "Abbestellen" in sent["reply_markup"]["inline_keyboard"][0][0]["text"]


async def test_only_english_is_said_with_how_many_read_german(bot: Running, talk: Begin) -> None:
    sender, _ = await at_the_text(bot, talk)
    assert "englischen Text" in await sender.press("Nur Englisch")
    assert "Nur Deutsch" not in sender.buttons()
    await sender.say("Title\nText")
    assert "Eine Person unter den Empfängern liest eine andere Sprache" in await to_the_end(sender)
