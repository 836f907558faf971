"""The command line as a person or a supervisor uses it: real processes, a simulated Telegram over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.simulator import Limits, Simulator
from bot.simulator.server import RunningServer, serve
from storage import questions, routing_examples
from storage.database import Database
from storage.migrations import upgrade
from storage.questions import Outcome
from storage.routing_examples import Correction

COMMAND = (sys.executable, "-m", "bot.cli")
ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GFCBOT_")}
    database = {"GFCBOT_DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3", "PYTHONPATH": str(ROOT)}
    return kept | database | settings


def run(folder: Path, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


OPERATOR = {"NAME": "Muster e. V.", "ADDRESS": "Weg 1, 12345 Ort", "EMAIL": "post@example.org"}


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[Simulator, RunningServer]]:
    simulator = Simulator(limits=Limits.off())
    server = await serve(simulator)
    yield simulator, server
    await server.close()


async def test_check_says_one_line_for_each_part(telegram: tuple[Simulator, RunningServer], tmp_path: Path) -> None:
    simulator, server = telegram
    operator = {f"GFCBOT_OPERATOR_{name}": value for name, value in OPERATOR.items()}
    given = {"GFCBOT_TOKEN": simulator.token, "GFCBOT_API_URL": server.url, **operator}
    done = await asyncio.to_thread(run, tmp_path, "check", **given)
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["ok", part] for part in ("settings", "database", "content", "service", "templates", "operator", "token")
    ]
    assert done.returncode == 0


async def test_check_names_what_is_wrong(telegram: tuple[Simulator, RunningServer], tmp_path: Path) -> None:
    _, server = telegram
    done = await asyncio.to_thread(run, tmp_path, "check", GFCBOT_TOKEN="1:WRONG", GFCBOT_API_URL=server.url)
    assert done.returncode == 2
    assert "GFCBOT_TOKEN was refused by Telegram" in done.stdout
    assert "WRONG" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"GFCBOT_CONCURRENCY": "many"}, "GFCBOT_CONCURRENCY is 'many'; allowed:"),
        ({"GFCBOT_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3", "GFCBOT_TOKEN": "1:SIMULATED"}, "database: "),
        ({}, "GFCBOT_TOKEN is missing; allowed:"),
        ({"GFCBOT_SERVICE_FILE": "none.yaml", "GFCBOT_TOKEN": "1:SIMULATED"}, "none.yaml: No such file"),
    ],
)
def test_a_start_that_cannot_be_is_one_readable_line(settings: dict[str, str], told: str, tmp_path: Path) -> None:
    done = run(tmp_path, "run", **settings)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(told)
    assert "Traceback" not in done.stderr


def test_ask_answers_once(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "Wo", "sitzt", "FPI?")
    assert "Bielefeld" in done.stdout
    assert "<b>" not in done.stdout


def test_ask_answers_json_lines_in_order(tmp_path: Path) -> None:
    requests = [{"text": "Wo sitzt GIQS?"}, {"text": "and their website?", "history": ["Where is FPI based?"]}]
    done = run(tmp_path, "ask", "--json", "-", given="".join(json.dumps(request) + "\n" for request in requests))
    german, english = map(json.loads, done.stdout.splitlines())
    assert (german["kind"], german["lang"], german["clusters"]) == ("answer", "de", ["giqs"])
    assert (english["kind"], english["lang"], english["clusters"]) == ("answer", "en", ["fpi"])
    assert {"text", "entry", "confidence", "sources", "alternatives"} <= german.keys()


def test_ask_explains_a_line_that_is_no_json(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "--json", "-", given="{}\n")
    assert done.returncode == 2
    assert done.stderr.strip() == 'line 1: needs an object with "text"'


def test_retry_opens_what_was_set_aside(tmp_path: Path) -> None:
    done = run(tmp_path, "retry")
    assert done.stdout == "0 updates will be handled again\n"
    assert done.returncode == 0


async def test_questions_prints_what_was_not_answered(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/bot.sqlite3")
    await upgrade(database)
    outcome = Outcome("de", "unknown", None, 0.123, ["e:platform-what"])
    async with database.begin() as session:
        await questions.record(session, 1, "Wächst Käse?", outcome, now=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    await database.close()
    done = await asyncio.to_thread(run, tmp_path, "questions")
    assert json.loads(done.stdout) == {
        "asked_at": "2026-11-24T12:00+00:00",
        "language": "de",
        "text": "Wächst Käse?",
        "kind": "unknown",
        "answered_with": None,
        "confidence": 0.12,
        "candidates": ["e:platform-what"],
        "helpful": None,
    }


async def test_routings_prints_what_was_corrected(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/bot.sqlite3")
    await upgrade(database)
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    async with database.begin() as session:
        correction = Correction("de", "Kartons für Käse", ["processing"], "DE-SH", "packaging", None)
        await routing_examples.record(session, 1, correction, now=now)
    await database.close()
    done = await asyncio.to_thread(run, tmp_path, "routings")
    assert json.loads(done.stdout) == {
        "made_at": "2026-11-24T12:00+00:00",
        "language": "de",
        "text": "Kartons für Käse",
        "routed_steps": ["processing"],
        "routed_region": "DE-SH",
        "chosen_step": "packaging",
        "chosen_region": None,
    }


def test_chat_answers_in_the_terminal_and_presses_buttons(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", given="Wo sitzt foodRegio?\n/language\n1\n")
    assert "Lübeck" in done.stdout
    assert "From now on I answer in English." in done.stdout
    assert done.returncode == 0


async def test_run_finishes_what_is_in_flight_and_goes_on_where_it_was(
    telegram: tuple[Simulator, RunningServer], tmp_path: Path
) -> None:
    simulator, server = telegram
    people = [simulator.add_person("Muster", language_code="de") for _ in range(60)]
    settings = {
        "GFCBOT_TOKEN": simulator.token,
        "GFCBOT_API_URL": server.url,
        "GFCBOT_MESSAGES_PER_SECOND": "20",
        "GFCBOT_LOG_FORMAT": "json",
    }

    def answers() -> int:
        return sum(len(simulator.messages(person.id)) - 1 for person in people)

    process = await started(tmp_path, settings)
    for person in people:
        await person.write("Wo sitzt NieKE?")
    await until(lambda: answers() >= 5)
    log = await stopped(process, signal.SIGTERM)
    assert b"NieKE" not in log
    assert b"SIMULATED" not in log
    assert 5 <= answers() < 60
    process = await started(tmp_path, settings)
    await until(lambda: answers() >= 60)
    await stopped(process, signal.SIGINT)
    assert [len(simulator.messages(person.id)) for person in people] == [2] * 60


WAITING = b"Telegram cannot be reached, trying again"


async def test_run_waits_for_telegram_and_then_runs(tmp_path: Path) -> None:
    simulator = Simulator(limits=Limits.off())
    server = await serve(simulator)
    settings = {"GFCBOT_TOKEN": simulator.token, "GFCBOT_API_URL": server.url, "GFCBOT_LOG_FORMAT": "json"}
    await server.close()
    process = await started(tmp_path, settings, told=WAITING)
    server = await serve(simulator, port=int(server.url.rpartition(":")[2]))
    await logged(process, b"bot is running")
    await stopped(process, signal.SIGTERM)
    await server.close()


async def test_run_can_be_stopped_while_it_waits(tmp_path: Path) -> None:
    settings = {"GFCBOT_TOKEN": "1:SIMULATED", "GFCBOT_API_URL": "http://127.0.0.1:9", "GFCBOT_LOG_FORMAT": "json"}
    process = await started(tmp_path, settings, told=WAITING)
    await stopped(process, signal.SIGTERM)


async def started(
    folder: Path, settings: dict[str, str], told: bytes = b"bot is running"
) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "run", cwd=folder, env=environment(folder, **settings), stderr=asyncio.subprocess.PIPE
    )
    await logged(process, told)
    return process


async def logged(process: asyncio.subprocess.Process, told: bytes) -> None:
    assert process.stderr
    while told not in (line := await asyncio.wait_for(process.stderr.readline(), 60)):
        assert line, "the bot ended before it said so"


async def stopped(process: asyncio.subprocess.Process, number: signal.Signals) -> bytes:
    process.send_signal(number)
    _, log = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    return log


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not reached():
            await asyncio.sleep(0.01)
