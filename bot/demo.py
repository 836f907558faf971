"""`gfcbot demo`: the bot, a simulated Telegram and its page in one process, with sample people."""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack
from pathlib import Path

import yaml

from bot.app import running
from bot.demo_calls import tell_samples
from bot.demo_events import announce_samples
from bot.demo_offices import Sample, open_offices
from bot.errors import StartError
from bot.settings import PREFIX, Settings
from bot.simulator import Person, Simulator, SimulatorRequest
from bot.simulator.keeping import StateFile
from bot.stopping import stop_signal
from bot.terminal import local
from bot.texts import TEMPLATES, Texts

PEOPLE = TEMPLATES / "demo" / "people.yaml"
TOKEN = "1:SIMULATED"  # noqa: S105  the simulator's, good for nothing else


async def run(settings: Settings, *, port: int | None = None) -> int:
    """Serve the page until SIGTERM or Ctrl-C, then keep the chats; return 0. Raises StartError."""
    try:
        from bot.simulator import playground  # noqa: PLC0415
    except ImportError:
        raise StartError("the page needs an extra: pip install 'german-food-clusters-bot[playground]'") from None
    stopped = stop_signal()
    async with AsyncExitStack() as stack:
        simulator = _open(settings.demo_folder, stack)
        samples = [Sample(**record) for record in yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))]
        newcomers, people = _people(simulator, samples)
        owners = tuple(sample.id for sample in samples if sample.role == "admin")
        chosen = local(settings, simulator, settings.demo_folder).model_copy(update={"owners": owners})
        bot = await stack.enter_async_context(running(chosen, request=lambda: SimulatorRequest(simulator)))
        for person in newcomers:
            await person.start()
        await open_offices(bot, simulator, samples)
        await announce_samples(bot)
        await tell_samples(bot)
        texts, roles = bot.services.texts, {sample.id: sample.role for sample in samples}
        try:
            site = await playground.serve(
                simulator,
                people,
                texts,
                port=settings.playground_port if port is None else port,
                describe=lambda person, language: describe(texts, roles, person, language),
            )
        except OSError as error:
            raise StartError(f"the page cannot be served ({error.strerror}); set {PREFIX}PLAYGROUND_PORT") from None
        stack.push_async_callback(site.close)
        sys.stdout.write(f"Open {site.url} in a browser. Ctrl-C stops; the chats are kept.\n")
        sys.stdout.flush()
        await stopped.wait()
    return 0


def describe(texts: Texts, roles: dict[int, str], person: Person, language: str) -> str:
    """Say in two or three words who a person is."""
    return texts.label(f"role_{roles[person.id]}", language, source="demo.html")


def _open(folder: Path, stack: AsyncExitStack) -> Simulator:
    folder.mkdir(parents=True, exist_ok=True)
    file = StateFile(folder / "telegram.json")
    try:
        simulator = file.open(token=TOKEN)
    except ValueError as error:
        raise StartError(f"{error}; delete the folder {folder} to begin anew") from None
    stack.callback(file.close)
    return simulator


def _people(simulator: Simulator, samples: list[Sample]) -> tuple[list[Person], list[Person]]:
    """Return the people who are new to the simulator, and all."""
    known = {person.id for person in simulator.people}
    people = [
        simulator.add_person(
            sample.first_name, last_name=sample.last_name, language_code=sample.language_code, person_id=sample.id
        )
        for sample in samples
    ]
    return [person for person in people if person.id not in known], people
