"""`gfcbot chat`: the same bot on a simulated Telegram, in the terminal."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import Running, running
from bot.settings import Settings
from bot.simulator import Event, Limits, Message, Person, Simulator, SimulatorRequest

Write = Callable[[str], object]


async def run(settings: Settings, write: Write = sys.stdout.write) -> int:
    """Talk until end of input; a number presses the button with that number. Raises StartError."""
    simulator = Simulator(limits=Limits.off())
    person = simulator.add_person("Terminal")
    lines = _lines()
    with tempfile.TemporaryDirectory() as folder:
        async with running(
            local(settings, simulator, Path(folder)), request=lambda: SimulatorRequest(simulator)
        ) as bot:
            with _shown(simulator, person, write) as buttons:
                await person.start()
                await bot.idle()
                while (line := await _next(lines, write)) is not None:
                    await _say(bot, person, line, buttons)
    return 0


def local(settings: Settings, simulator: Simulator, folder: Path) -> Settings:
    """Return the settings for a bot on `simulator`, whose database is in `folder`."""
    return settings.model_copy(
        update={
            "token": SecretStr(simulator.token),
            "database_url": f"sqlite:///{folder}/bot.sqlite3",
            "webhook_url": None,
            "data_keys": None,
            "key_file": None,
        }
    )


async def _say(bot: Running, person: Person, line: str, buttons: list[tuple[int, str]]) -> None:
    number = int(line) if line.isdecimal() else 0
    if 0 < number <= len(buttons):
        message_id, data = buttons[number - 1]
        await person.press(message_id, data)
    elif line:
        await person.write(line)
    await bot.idle()


@contextmanager
def _shown(simulator: Simulator, person: Person, write: Write) -> Iterator[list[tuple[int, str]]]:
    """Show what the bot sends; the list holds message and callback data of the buttons that can be pressed."""
    buttons: list[tuple[int, str]] = []

    def show(event: Event) -> None:
        if event.kind in ("message", "edited") and event.message and _is_from_bot(event.message):
            write(f"\n{message_text(event.message)}\n")
            buttons[:] = [(event.message["message_id"], data) for _, data in message_buttons(event.message)]
            for number, (label, _) in enumerate(message_buttons(event.message), start=1):
                write(f"  [{number}] {label}\n")

    stop = simulator.subscribe(show)
    try:
        yield buttons
    finally:
        stop()


def _is_from_bot(message: Message) -> bool:
    return bool(message.get("from", {}).get("is_bot"))


def message_text(message: Message) -> str:
    """Return what a person reads of a message."""
    return str(message.get("text") or message.get("caption") or "")


def message_buttons(message: Message) -> list[tuple[str, str]]:
    """Return label and callback data of the buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row if "callback_data" in button]


async def _next(lines: asyncio.Queue[str | None], write: Write) -> str | None:
    write("\n> ")
    sys.stdout.flush()
    return await lines.get()


def _lines() -> asyncio.Queue[str | None]:
    """Return the lines of standard input as they come, then None.

    A thread of its own reads them: it may wait for ever, and must not hold up the end.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
