"""The audit log as it is read: by whom, filtered, in pages, as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from bot.access import Act
from bot.app import Running
from bot.simulator import Simulator
from storage import audit
from tests.handlers.conftest import NOW, OWNER
from tests.handlers.hiring import acts, hire, log_of

Begin = Callable[..., Any]


async def note(bot: Running, act: str, cluster: str | None = None, **more: Any) -> None:
    async with bot.services.database.begin() as session:
        await audit.write(session, act, now=NOW, cluster=cluster, **{"actor": 5, **more})


@pytest.fixture
async def owner(bot: Running, talk: Begin) -> Any:
    """The owner, and a log with something of everything."""
    await hire(bot, 5, "agent", "fpi", "Frau <A>")
    await note(bot, Act.ROLE_GRANTED, "fpi", details={"role": "agent", "person": 5, "by": 99})
    await note(bot, "enquiry.hand_over", "giqs", enquiry_id=12, details={"to": "fpi"})
    await note(bot, "a.new.act", actor=None)
    return talk("de", person_id=OWNER)


async def test_newest_first_with_names_where_they_are_known(owner: Any) -> None:
    assert await owner.say("/audit") == (
        "Protokoll\n\n1 bis 3 von 3\n\n"
        "a.new.act\n24.11.26, 13:00\nvom Bot selbst\n\n"
        "Anfrage weitergegeben\n24.11.26, 13:00 · GIQS · Anfrage 12\nvon Frau <A>\nan: FPI\n\n"
        "Rolle vergeben\n24.11.26, 13:00 · FPI\nvon Frau <A>\nRolle: Anfragen\nPerson: Frau <A>\neingeladen von: 99"
    )


@pytest.mark.parametrize(
    ("command", "shown", "hidden"),
    [
        ("/audit 12", "weitergegeben", "vergeben"),
        ("/audit fpi", "vergeben", "weitergegeben"),
        ("/audit GIQS 12", "weitergegeben", "vergeben"),
        ("/audit fpi 12", "Solche Einträge gibt es nicht", "von Frau"),
    ],
)
async def test_words_behind_the_command_filter(command: str, shown: str, hidden: str, owner: Any) -> None:
    told = await owner.say(command)
    assert shown in told
    assert hidden not in told


async def test_buttons_filter_by_cluster_and_act(owner: Any) -> None:
    await owner.say("/audit")
    assert owner.buttons() == ["Cluster: alle Cluster", "Vorgang: alle", "Als Datei speichern"]
    await owner.press("Cluster: alle Cluster")
    assert owner.buttons() == ["Alle zeigen", "foodRegio", "NieKE", "FPI", "GIQS"]
    assert "1 bis 1 von 1" in await owner.press("GIQS")
    await owner.press("Vorgang: alle")
    assert owner.buttons() == ["Alle zeigen", "Anfrage weitergegeben"]
    await owner.press("Anfrage weitergegeben")
    assert owner.buttons() == ["Cluster: GIQS", "Vorgang: Anfrage weitergegeben", "Als Datei speichern"]
    await owner.press("Vorgang: Anfrage weitergegeben")
    await owner.press("Alle zeigen")
    await owner.press("Cluster: GIQS")
    assert "1 bis 3 von 3" in await owner.press("Alle zeigen")


async def test_the_log_is_turned_page_by_page(bot: Running, owner: Any) -> None:
    for number in range(7):
        await note(bot, Act.INVITED, "fpi", enquiry_id=number)
    assert "1 bis 8 von 10" in await owner.say("/audit")
    assert owner.buttons()[0] == "Ältere"
    assert "9 bis 10 von 10" in await owner.press("Ältere")
    assert owner.buttons()[0] == "Neuere"
    assert "1 bis 8 von 10" in await owner.press("Neuere")


async def test_who_administers_one_cluster_sees_nothing_else(bot: Running, talk: Begin, owner: Any) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin", "giqs")
    told = await admin.say("/audit")
    assert "1 bis 1 von 1" in told
    assert "weitergegeben" in told
    await admin.press("Cluster: alle Cluster")
    assert admin.buttons() == ["Alle zeigen", "GIQS"]
    await admin.press("Alle zeigen")
    await admin.press("Vorgang: alle")
    assert admin.buttons() == ["Alle zeigen", "Anfrage weitergegeben"]
    assert "keine Berechtigung" in await admin.say("/audit fpi")
    rows = await exported(admin, "/audit export")
    assert [row[4] for row in rows[1:]] == ["Anfrage weitergegeben"]


async def exported(person: Any, command: str) -> list[list[str]]:
    await person.person.write(command)
    await person.bot.idle()
    document = person.messages()[-1]["document"]
    assert document["file_name"] == "audit-2026-11-24.csv"
    stored = person.simulator.file(document["file_id"])
    text = stored.upload.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


async def test_the_file_has_all_columns_and_runs_nothing(bot: Running, owner: Any) -> None:
    await hire(bot, 6, "agent", "fpi", '=HYPERLINK("http://x")')
    await note(bot, Act.INVITED, "fpi", actor=6)
    rows = await exported(owner, "/audit export fpi")
    assert rows[0] == ["Nummer", "Zeit", "Telegram-Nummer", "Name", "Vorgang", "Cluster", "Anfrage", "Einzelheiten"]
    assert rows[1] == [
        "4",
        "2026-11-24 13:00:00",
        "6",
        '\'=HYPERLINK("http://x")',
        "Einladung ausgestellt",
        "FPI",
        "",
        "",
    ]
    assert rows[2][-1] == '{"by": 99, "person": 5, "role": "agent"}'
    entry = (await log_of(bot))[-1]
    assert (entry.act, entry.actor, entry.cluster, entry.details) == ("audit_exported", OWNER, "fpi", {"rows": 2})


async def test_the_button_saves_what_is_filtered(bot: Running, simulator: Simulator, owner: Any) -> None:
    await owner.say("/audit 12")
    await owner.person.press(owner.messages()[-1]["message_id"], "Als Datei speichern")
    await bot.idle()
    assert owner.messages()[-1]["caption"] == "1 Eintrag"
    assert (await acts(bot))[-1] == "audit_exported"
