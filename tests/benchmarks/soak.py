"""Whether a bot that works for long keeps its size and its open files: python -m tests.benchmarks.soak [MINUTES]."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.simulator import Simulator, serve
from storage.database import Database
from storage.migrations import upgrade
from tests.benchmarks.soak_people import Counts, Town

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 10.0
PEOPLE = 500
QUESTIONS, ENQUIRIES, ANNOUNCEMENTS = 0.2, 15.0, 60.0
"""Seconds between two of a kind; an enquiry is several messages in a group, which takes twenty a minute."""
SAMPLES, SHOWN = 120, 12
WARM_UP = 1 / 3
"""Of the time: pools fill, caches too, and Python's memory finds its size."""
MOST_MEMORY, MOST_FILES = 0.05, 3
"""What may be more at the end than after warming up: a share of the memory, and open files."""
MEBIBYTE = 1024 * 1024


class Sample(NamedTuple):
    """How a process was at one moment."""

    minute: float
    memory: float
    """MiB of resident memory."""
    files: int
    threads: int
    database: float
    """MiB on the disk, with what is not yet written into the file proper."""


def sample(pid: int, folder: Path, minute: float) -> Sample:
    """Look at a process (Linux) and at its database."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    status = dict(line.split(":", 1) for line in lines)
    size = sum(path.stat().st_size for path in folder.glob("bot.sqlite3*"))
    return Sample(
        minute,
        int(status["VmRSS"].split()[0]) / 1024,
        len(os.listdir(f"/proc/{pid}/fd")),  # noqa: PTH208  names are enough
        int(status["Threads"]),
        size / MEBIBYTE,
    )


def slope(samples: Sequence[Sample], value: str) -> float:
    """Return how much a figure grows in a minute: the line of least squares through all samples."""
    minutes = [taken.minute for taken in samples]
    return statistics.linear_regression(minutes, [getattr(taken, value) for taken in samples]).slope


def growth(samples: Sequence[Sample], value: str) -> tuple[float, float]:
    """Return the medians of the first and of the last quarter."""
    quarter = max(1, len(samples) // 4)
    values = [getattr(taken, value) for taken in samples]
    return statistics.median(values[:quarter]), statistics.median(values[-quarter:])


async def start(folder: Path, url: str, token: str) -> Process:
    """Start the bot as a process of its own, and wait until it runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GFCBOT_")}
    settings = {
        "GFCBOT_TOKEN": token,
        "GFCBOT_API_URL": url,
        "GFCBOT_DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "GFCBOT_LOG_FORMAT": "json",
        "PYTHONPATH": str(ROOT),
    }
    command = (sys.executable, "-m", "bot.cli", "run")
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=kept | settings, stderr=PIPE)
    assert process.stderr
    while b"bot is running" not in (line := await process.stderr.readline()):
        assert line, "the bot ended before it ran"
    return process


async def watch(process: Process, folder: Path, minutes: float, counts: Counts) -> list[Sample]:
    """Take samples until the time is over, and print some of them."""
    began, taken = time.monotonic(), []
    print(f"{'minute':>7}{'memory MiB':>12}{'files':>7}{'threads':>9}{'database MiB':>14}"
          f"{'answers':>9}{'median ms':>11}{'enquiries':>11}{'sendings':>10}")  # fmt: skip
    for number in range(1, SAMPLES + 1):
        await asyncio.sleep(max(0.0, began + 60 * minutes * number / SAMPLES - time.monotonic()))
        now = sample(process.pid, folder, (time.monotonic() - began) / 60)
        taken.append(now)
        if number % (SAMPLES // SHOWN) == 0:
            print(f"{now.minute:>7.1f}{now.memory:>12.1f}{now.files:>7}{now.threads:>9}{now.database:>14.1f}"
                  f"{counts.answered:>9,}{counts.median_milliseconds():>11.0f}{counts.enquiries:>11}"
                  f"{counts.announced:>10}", flush=True)  # fmt: skip
    return taken


async def soak(minutes: float) -> tuple[list[Sample], Counts, list[bytes]]:
    """Let people live with a bot; return the samples, what happened, and what the bot logged as a warning or worse."""
    simulator = Simulator()
    server = await serve(simulator)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder}/bot.sqlite3")
        await upgrade(database)
        town = await Town.settle(simulator, database, PEOPLE)
        process = await start(folder, server.url, simulator.token)

        listening = asyncio.create_task(complaints(process))
        await town.greeted()
        until = time.monotonic() + 60 * minutes
        living = town.live(until, questions=QUESTIONS, enquiries=ENQUIRIES, announcements=ANNOUNCEMENTS)
        samples, _ = await asyncio.gather(watch(process, folder, minutes, town.counts), living)
        process.send_signal(signal.SIGTERM)
        warnings = await listening
        await process.wait()
        await database.close()
    await server.close()
    return samples, town.counts, warnings


async def complaints(process: Process) -> list[bytes]:
    """Return what the bot logs as a warning or worse, once it has ended."""
    assert process.stderr
    return [line async for line in process.stderr if b'"level": "info"' not in line]


def main(minutes: float) -> int:
    """Print the table and what grows; return 1 when something does, or somebody was not answered."""
    samples, counts, warnings = asyncio.run(soak(minutes))
    warm = samples[int(len(samples) * WARM_UP) :]
    memory, files = growth(warm, "memory"), growth(warm, "files")
    print(
        f"after warming up: memory {memory[0]:.1f} to {memory[1]:.1f} MiB, open files {files[0]:.0f} to {files[1]:.0f}"
    )
    growing = [60 * slope(warm, value) for value in ("memory", "files")]
    print(f"line through the samples: {growing[0]:+.1f} MiB and {growing[1]:+.1f} files an hour")
    print(f"unanswered {counts.unanswered}, enquiries broken off {counts.broken_off}, lines of warning {len(warnings)}")
    for line in warnings[:5]:
        print(line.decode(errors="replace").rstrip())
    grows = memory[1] > memory[0] * (1 + MOST_MEMORY) or files[1] > files[0] + MOST_FILES
    return int(grows or counts.unanswered > 0 or counts.broken_off > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES))
