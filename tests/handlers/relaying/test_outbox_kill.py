"""Enquiries while the connection drops and the process is killed: none is lost, none is silently doubled."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from bot.enquiries import Actor, Consent, Said, Terms, from_firm, from_staff, open_enquiry
from bot.simulator import Chat, Event, Fault, Limits, Person, Simulator, serve
from bot.terminal import message_text
from storage import drafts, enquiries, outbox, staff_chats
from storage.database import Database
from storage.models import Enquiry, EnquiryPlace, OutboxMessage, OutboxState

FIRMS, KILLS = 200, 5
MARK = "\n\nVielleicht haben Sie diese Nachricht schon erhalten: Die Verbindung war unterbrochen."
FAULTY = ("sendMessage", "createForumTopic", "editMessageText")
FAULTS = {"lost": 0.02, "reset": 0.02, "error": 0.02, "error_after": 0.01, "delay": 0.02}


class Witness:
    """Sees every message of the bot as it is sent, and kills the process after some of them."""

    def __init__(self, simulator: Simulator, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._moments = sorted(self._random.sample(range(20, FIRMS * 4), KILLS))
        self._sent = 0
        self.process: Process | None = None
        self.seen: dict[tuple[int, str], list[bool]] = defaultdict(list)
        simulator.subscribe(self._see)

    def _see(self, event: Event) -> None:
        if event.kind != "message" or not event.message or not event.message["from"]["is_bot"]:
            return
        text = message_text(event.message)
        if not text:
            return
        # A card says more later on: its first line tells which one it is.
        shown = text.removesuffix(MARK)
        key = shown.split("\n")[0] if " · Firma " in shown.split("\n")[0] else shown
        self.seen[event.message["chat"]["id"], key].append(text.endswith(MARK))
        self._sent += 1
        if self.process and self._moments and self._sent >= self._moments[0]:
            self._moments.pop(0)
            delay = self._random.choice([0, self._random.uniform(0, 0.03)])
            asyncio.get_running_loop().call_later(delay, self.process.kill)
            self.process = None


async def start(url: str, database_url: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.handlers.outbox_process", url, database_url
    )


async def ask(database: Database, firm: Person, number: int) -> int:
    """Open an enquiry; return its id."""
    now = datetime.now(UTC)
    async with database.begin() as session:
        draft = await drafts.begin(session, firm.id, now=now)
        draft.text, draft.firm, draft.way = f"Wir suchen Hilfe {number}", f"Firma {number}", "chat"
        draft.cluster, draft.steps = "nieke", ["processing"]
    async with database.begin() as session:
        consent = Consent("1", "Ja")
        enquiry = await open_enquiry(
            session, firm.id, update_id=number, language="de", consent=consent, most_a_day=9, now=now
        )
    return enquiry.id


async def talk(database: Database, firm: Person, enquiry_id: int, group: Chat) -> None:
    """Let the firm and the staff each say something."""
    now = datetime.now(UTC)
    asked = await firm.write(f"Frage {enquiry_id}")
    answered = await Person(firm.world, firm.world.accounts[10]).write(f"Antwort {enquiry_id}", chat=group.id)
    async with database.begin() as session:
        enquiry = await enquiries.by_id(session, enquiry_id, lock=True)
        assert enquiry
        said = Said(firm.id, asked["message_id"], firm.id, text=asked["text"])
        await from_firm(session, enquiry, said, Terms(), now=now)
        said = Said(group.id, answered["message_id"], 10, text=answered["text"])
        actor = Actor(10, "Agnes", 1_000_000 + enquiry_id)
        await from_staff(session, enquiry, said, actor, "nieke", terms=Terms(), now=now)


async def converse(database: Database, firms: Sequence[Person], group: Chat) -> None:
    """Open all enquiries and let both sides speak, while the outbox sends."""
    opened = []
    for number, firm in enumerate(firms, start=1):
        opened.append(await ask(database, firm, number))
        await asyncio.sleep(0.005)
    for firm, enquiry_id in zip(firms, opened, strict=True):
        await talk(database, firm, enquiry_id, group)
        await asyncio.sleep(0.005)


async def pending(database: Database) -> int:
    async with database.read() as session:
        return await outbox.count_pending(session)


async def test_killed_under_faults_it_loses_nothing(database: Database, database_url: str) -> None:
    simulator = Simulator(limits=Limits.off())
    agent = simulator.add_person("Agnes", person_id=10)
    group = simulator.add_group("Team", forum=True, members=[agent], administrator=True)
    firms = [simulator.add_person(f"Person {number}") for number in range(FIRMS)]
    for firm in firms:
        await firm.start()
    async with database.begin() as session:
        now = datetime.now(UTC)
        await staff_chats.link(session, "nieke", group.id, title="Team", is_forum=True, linked_by=10, now=now)
    for method in FAULTY:
        for kind, probability in FAULTS.items():
            seconds = 0.05 if kind == "delay" else 0.0
            fault = Fault(kind, method, times=None, probability=probability, seconds=seconds)  # type: ignore[arg-type]
            simulator.faults.add(fault)
    witness = Witness(simulator, seed=1)
    server = await serve(simulator)
    talking = asyncio.create_task(converse(database, firms, group))
    for _ in range(KILLS):
        witness.process = process = await start(server.url, database_url)
        assert await process.wait() == -9
    process = await start(server.url, database_url)
    while not talking.done() or await pending(database):
        await asyncio.sleep(0.05)
    await talking
    process.terminate()
    assert await process.wait() == 0
    await server.close()
    check_messages(witness, firms, group)
    await check_record(database, group)


def check_messages(witness: Witness, firms: Sequence[Person], group: Chat) -> None:
    """All has arrived, and each further copy says that it may be one."""
    for marks in witness.seen.values():
        # On a busy machine the first may arrive last: whoever sent it has given it up by then.
        assert marks.count(False) <= 1
    year = datetime.now(UTC).year
    for number, firm in enumerate(firms, start=1):
        name = f"GFC-{year}-{number:05d}"
        assert (group.id, f"{name} · Firma {number}") in witness.seen
        assert (group.id, f"Frage {number}") in witness.seen
        assert (firm.id, f"NieKE · {name}\nAntwort {number}") in witness.seen
        assert any(chat == firm.id and f"Ihre Anfrage {name} liegt bei NieKE" in text for chat, text in witness.seen)
    repeated = sum(len(marks) - 1 for marks in witness.seen.values())
    assert repeated > 0


async def check_record(database: Database, group: Chat) -> None:
    """What the database says is so."""
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxMessage))).all()
        assert {row.state for row in rows} == {OutboxState.SENT}
        places = (await session.scalars(select(EnquiryPlace))).all()
        found = {enquiry.id: enquiry for enquiry in (await session.scalars(select(Enquiry))).all()}
        assert len(places) == len(found) == FIRMS
        for place in places:
            card = group.messages[place.card_message_id or 0]
            assert card["message_thread_id"] == place.topic_id
            assert card["text"].startswith(found[place.enquiry_id].number)
            assert "Übernommen von Agnes." in card["text"]
            assert "Die letzte Antwort ist angekommen" in card["text"]
        for row in rows:
            if row.kind == "relay" and row.entry_id:
                copies = await enquiries.copies(session, row.entry_id)
                assert copies
