"""Names and texts that are planted in whole conversations are in no file, no table, no log and no figure."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import logs
from bot.app import Running
from bot.health.exposition import metrics
from bot.settings import Settings
from storage.database import Database
from storage.models import Base
from tests.handlers.conftest import OpenOffice, Talk

PLANTED = (
    "Zwetschgenkern",
    "Quittenbaum",
    "holunderstrauch",
    "Mispelmus",
    "Schlehenfeuer",
    "Kornelkirsche",
    "Sanddornsaft",
    "berberitze",
    "Felsenbirne",
    "Ebereschengelee",
    "Maulbeerweg",
    "Hagebuttenblatt",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged, down to the details."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up("DEBUG", "json", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    logging.getLogger().setLevel(level)


@pytest.fixture
async def talked(written: io.StringIO, bot: Running, simulator: Any, office: OpenOffice) -> Running:
    """A firm asks, enquires, is answered, corrects, rates and subscribes; somebody unknown tries to get in."""
    person = simulator.add_person("Zwetschgenkern", last_name="Quittenbaum", username="holunderstrauch")
    firm, team = Talk(bot, simulator, person), await office("nieke")
    await firm.say("/start")
    await firm.say("Was kostet Mispelmus in der Schlehenfeuer-Verpackung?")
    await firm.say("/enquire")
    await firm.say("Wir suchen einen Partner für die Prüfung von Mispelmus aus der Schlehenfeuer-Küche")
    await firm.press("NieKE (LI Food)")
    await firm.say("Kornelkirsche Feinkost GmbH")
    await firm.press("Per E-Mail")
    await firm.say("berberitze@example.org")
    await firm.press("Einwilligen und senden")
    await team.press("Übernehmen", team.card())
    await team.reply("Das kann das Labor Felsenbirne.", team.card())
    await firm.answer()
    message = await person.write("Danke, Ebereschengelee auch?", reply_to=firm.messages()[-1]["message_id"])
    await bot.idle()
    await person.edit(message["message_id"], "Danke, und Sanddornsaft?")
    await bot.idle()
    await person.send_document(b"x", "Maulbeerweg.pdf", caption="Hagebuttenblatt")
    await bot.idle()
    await firm.say("/enquire")
    await firm.say("Noch eine Anfrage zum Maulbeerweg, mit viel Text")
    await firm.say("/subscribe")
    await firm.say("/staff")
    await person.write("/mydata")
    await bot.idle()
    return bot


async def dump(database: Database) -> str:
    """All rows of all tables as the database itself would show them."""
    rows: list[str] = []
    async with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            found = await connection.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
            rows += [f"{table.name}: {tuple(row)!r}" for row in found]
    return "\n".join(rows)


async def test_planted_words_are_nowhere(
    talked: Running, written: io.StringIO, settings: Settings, tmp_path: Path
) -> None:
    database = talked.services.database
    shown = {"tables": await dump(database), "log": written.getvalue()}
    shown["metrics"] = (await metrics(talked.services.health)).decode()
    for path in tmp_path.iterdir():
        if path.is_file():
            shown[path.name] = path.read_bytes().decode("latin-1")
    assert "sealed:k1:" in shown["tables"]
    assert settings.token
    assert shown["log"]
    found = [(place, word) for place, content in shown.items() for word in PLANTED if word.lower() in content.lower()]
    assert not found
    secret = settings.token.get_secret_value().split(":")[1]
    assert not [place for place, content in shown.items() if secret in content]


async def test_the_words_were_there_to_be_found(talked: Running) -> None:
    """The test above can fail: what it looks for has reached the bot, and is read through the keys."""
    async with talked.services.database.read() as session:
        read = []
        for table in Base.metadata.sorted_tables:
            read += [repr(row) for row in await session.execute(table.select())]
    opened = "\n".join(read).lower()
    names_and_what_was_corrected = {*PLANTED[:3], "Ebereschengelee"}
    assert {word for word in PLANTED if word.lower() not in opened} <= names_and_what_was_corrected
