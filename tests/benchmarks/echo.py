"""Echo updates a second, ours beside plain python-telegram-bot: python -m tests.benchmarks.echo [ROUNDS]."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable

from tests.benchmarks.echo_server import MESSAGES, PEOPLE

BOTS = ("plain", "ours")
LEAST_RATE, LEAST_RATIO = 1000, 1.8


def on_core(number: int) -> Callable[[], None]:
    """Return a function that pins the process which calls it; with one core it does nothing."""
    cores = sorted(os.sched_getaffinity(0))
    return lambda: os.sched_setaffinity(0, {cores[number % len(cores)]})


def launch(*arguments: str, core: int) -> subprocess.Popen[str]:
    """Start a module of this folder on a core of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=on_core(core),  # noqa: PLW1509 - no thread has been started
    )


def one_round(server: subprocess.Popen[str], url: str, name: str) -> float:
    """Return updates a second from the first answer to the last one."""
    assert server.stdin
    assert server.stdout
    server.stdin.write("feed\n")
    server.stdin.flush()
    assert server.stdout.readline() == "fed\n"
    bot = launch("tests.benchmarks.echo_bots", name, url, core=1)
    seconds = float(server.stdout.readline())
    bot.kill()
    bot.communicate()
    return (PEOPLE * MESSAGES - 1) / seconds


def main(rounds: int) -> int:
    """Interleave the rounds, print all of them and the medians; return 1 when these are too low."""
    server = launch("tests.benchmarks.echo_server", core=0)
    assert server.stdout
    url = server.stdout.readline().strip()
    rates: dict[str, list[float]] = {name: [] for name in BOTS}
    for _ in range(rounds):
        for name in BOTS:
            rates[name].append(one_round(server, url, name))
    server.kill()
    server.communicate()
    medians = {name: statistics.median(rates[name]) for name in BOTS}
    for name in BOTS:
        print(f"{name:>6}: {medians[name]:6.0f} updates/s  ({', '.join(f'{rate:.0f}' for rate in rates[name])})")
    ratio = medians["ours"] / medians["plain"]
    print(f" ratio: {ratio:6.2f}")
    return 0 if medians["ours"] >= LEAST_RATE and ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
