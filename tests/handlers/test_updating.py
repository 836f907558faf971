"""The schema is migrated by the next version while this one runs: people notice nothing."""

from __future__ import annotations

from sqlalchemy import text

from storage.migrations import is_usable
from storage.models import Base
from tests.handlers.conftest import OpenOffice, Talk
from tests.handlers.enquiring import Asking


async def test_questions_and_enquiries_go_on_while_the_next_version_migrates(
    firm: Talk, office: OpenOffice, asking: Asking
) -> None:
    database, team = firm.bot.services.database, await office("nieke")
    assert "Quakenbrück" in await firm.say("Wo sitzt NieKE?")
    first = await asking.open("nieke")
    async with database.begin() as session:
        for table in Base.metadata.tables:
            await session.execute(text(f'ALTER TABLE "{table}" ADD COLUMN later INTEGER DEFAULT 0 NOT NULL'))
        await session.execute(text("CREATE TABLE later (id INTEGER NOT NULL PRIMARY KEY)"))
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await is_usable(database)
    assert "Bielefeld" in await firm.say("Wo sitzt FPI?")
    await team.reply("Wir kennen drei Firmen.", team.card(first))
    assert firm.messages()[-1]["text"] == f"NieKE · {first}\nWir kennen drei Firmen."
    second = await asking.open("nieke", text="Wir suchen noch etwas anderes.")
    assert team.card(second)
