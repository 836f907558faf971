"""What goes to many: uploaded once, captions and copies as they should be."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden
from telegram.ext import ExtBot

from bot.simulator import Limits, Person, Simulator, SimulatorRequest
from bot.telegram.lanes import Lane, Lanes, Pace
from bot.telegram.letters import Copied, Enclosure, Letter, Uploads, send_letter
from tests.bot.telegram.bots import TOKEN

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
FILE = Enclosure("document", key="terms", name="terms.txt", content=b"terms")


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(token=TOKEN, limits=Limits.off())


@pytest.fixture
def bot(simulator: Simulator) -> ExtBot[Lane]:
    request = SimulatorRequest(simulator)
    return ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=Lanes(Pace.unlimited()))


async def reader(simulator: Simulator) -> Person:
    person = simulator.add_person("Muster")
    await person.write("/start")
    return person


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "PNG")
    return buffer.getvalue()


async def test_a_text_has_its_formatting_and_its_buttons(simulator: Simulator, bot: ExtBot[Lane]) -> None:
    person = await reader(simulator)
    number = await send_letter(bot, person.id, Letter("<b>Neues</b>", KEYS), Uploads(), lane=Lane.BULK)
    message = simulator.messages(person.id)[-1]
    assert (message["message_id"], message["text"]) == (number, "Neues")
    assert message["entities"][0]["type"] == "bold"
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Ja"


@pytest.mark.parametrize("file", [FILE, Enclosure("photo", key="map", name="map.png", content=picture())])
async def test_a_file_is_uploaded_once_for_all(simulator: Simulator, bot: ExtBot[Lane], file: Enclosure) -> None:
    people, uploads = [await reader(simulator) for _ in range(5)], Uploads()
    letter = Letter("<i>Dabei</i>", KEYS, file)
    await asyncio.gather(*(send_letter(bot, person.id, letter, uploads, lane=Lane.BULK) for person in people))
    sent = [simulator.messages(person.id)[-1] for person in people]
    assert {message["caption"] for message in sent} == {"Dabei"}
    found = [message[file.kind] for message in sent]
    assert len({(one[-1] if isinstance(one, list) else one)["file_unique_id"] for one in found}) == 1
    known = Enclosure(file.kind, file_id=uploads.known[file.key])
    await send_letter(bot, people[0].id, Letter("Wieder", enclosed=known), Uploads(), lane=None)
    assert simulator.messages(people[0].id)[-1]["caption"] == "Wieder"


async def test_who_fails_to_upload_leaves_it_to_the_next(simulator: Simulator, bot: ExtBot[Lane]) -> None:
    gone, there, uploads = await reader(simulator), await reader(simulator), Uploads()
    await gone.block()
    letter = Letter("Dabei", enclosed=FILE)
    first, second = await asyncio.gather(
        *(send_letter(bot, one.id, letter, uploads, lane=Lane.BULK) for one in (gone, there)), return_exceptions=True
    )
    assert isinstance(first, Forbidden)
    assert simulator.messages(there.id)[-1]["message_id"] == second


async def test_a_text_too_long_for_a_caption_follows_the_file(simulator: Simulator, bot: ExtBot[Lane]) -> None:
    person = await reader(simulator)
    number = await send_letter(bot, person.id, Letter("a" * 1025, KEYS, FILE), Uploads(), lane=None)
    file, text = simulator.messages(person.id)[-2:]
    assert "document" in file
    assert "reply_markup" not in file
    assert (text["message_id"], len(text["text"])) == (number, 1025)


async def test_a_message_is_copied_with_buttons_of_its_own(simulator: Simulator, bot: ExtBot[Lane]) -> None:
    author, person = await reader(simulator), await reader(simulator)
    written = await author.write("So soll es heißen")
    letter = Letter("", KEYS, Copied(author.id, (written["message_id"],)))
    number = await send_letter(bot, person.id, letter, Uploads(), lane=Lane.BULK)
    message = simulator.messages(person.id)[-1]
    assert (message["message_id"], message["text"]) == (number, "So soll es heißen")
    assert "reply_markup" in message
