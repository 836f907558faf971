"""The command line `gfcbot`; nothing else reads the environment."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot import logs, settings
from bot.errors import StartError
from bot.settings import Settings

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

FAILED = 2
LAST_PORT = 65_535
KEYS = "new: make one; list: count what each has sealed; rotate: seal everything with the newest"
LINES = "read JSON lines from FILE (- is standard input), write JSON lines"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 well, 2 with a readable line when something must be put right."""
    options = _parser().parse_args(arguments)
    try:
        chosen = settings.load()
        logs.set_up(chosen.log_level, chosen.log_format)
        command: Command = options.command
        return asyncio.run(command(chosen, options))
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gfcbot", description="The bot of the German Food Clusters.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        return added

    demo = add("demo", _demo, "Start the bot with a simulated Telegram and its page; needs no token.")
    demo.add_argument("--port", type=_port, help="port of the page (default: GFCBOT_PLAYGROUND_PORT)")
    add("run", _run, "Run the bot: fetch updates from Telegram and answer.")
    add("chat", _chat, "Talk to the bot in the terminal; needs no token.")
    ask = add("ask", _ask, "Print the answer to one question.")
    ask.add_argument("text", nargs="*", help="the question")
    route = add("route", _route, "Print the clusters that fit one enquiry.")
    route.add_argument("text", nargs="*", help="the enquiry")
    for command in (ask, route):
        command.add_argument("--json", metavar="FILE", help=LINES)
    simulate = add("simulate", _simulate, "Serve a simulated Telegram over HTTP on 127.0.0.1.")
    simulate.add_argument("--port", type=_port, default=8081, help="port (default: 8081, 0 takes any free one)")
    simulate.add_argument("--no-limits", action="store_true", help="refuse nothing for being too fast")
    add("migrate", _migrate, "Bring the database's schema up to date.")
    moving = add("migrate-data", _migrate_data, "Copy everything from one database into another, empty one.")
    moving.add_argument("--from", dest="source", metavar="URL", help="from here (default: GFCBOT_DATABASE_URL)")
    moving.add_argument("--to", dest="target", metavar="URL", required=True, help="to here; stop the bot before")
    saving = add(
        "backup", _backup, "Write a copy of the database, also while the bot runs, and look whether it is good."
    )
    saving.add_argument("folder", nargs="?", default="backups", help="where to (default: backups)")
    saving.add_argument("--keep", type=_count, metavar="N", help="delete all but the newest N copies there")
    restoring = add("restore", _restore, "Put a copy in the place of the database; stop the bot before.")
    restoring.add_argument("file", help="a file that backup wrote")
    restoring.add_argument("--replace", action="store_true", help="also where there is a database")
    add("health", _health, "Print how the bot is; the exit code is 2 where something is wrong.")
    add("check", _check, "Look at settings, database, content, templates and token; one line each.")
    add("retry", _retry, "Handle again what was set aside after three tries; the running bot takes it up.")
    add("questions", _questions, "Print what was not answered or did not help, as JSON lines, for the editors.")
    add("routings", _routings, "Print which routings people corrected, as JSON lines, for the editors.")
    keys = add("keys", _keys, "The keys that seal personal data.")
    keys.add_argument("action", choices=["new", "list", "rotate"], help=KEYS)
    content = add("content", _content, "Look at the content files.")
    content.add_argument("action", choices=["check"], help="check: one line a problem")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of copies; allowed: 1 or more")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; allowed: 0 to {LAST_PORT}")
    return int(text)


# Each command imports what it needs: `gfcbot check` must not wait for a page, nor `gfcbot ask` for Telegram.


async def _demo(chosen: Settings, options: argparse.Namespace) -> int:
    from bot import demo  # noqa: PLC0415

    return await demo.run(chosen, port=options.port)


async def _run(chosen: Settings, _: argparse.Namespace) -> int:
    from bot import service  # noqa: PLC0415

    return await service.run(chosen)


async def _chat(chosen: Settings, _: argparse.Namespace) -> int:
    from bot import terminal  # noqa: PLC0415

    return await terminal.run(chosen)


async def _ask(_: Settings, options: argparse.Namespace) -> int:
    from bot import asking  # noqa: PLC0415

    return asking.ask(" ".join(options.text), options.json)


async def _route(_: Settings, options: argparse.Namespace) -> int:
    from bot import asking  # noqa: PLC0415

    return asking.route(" ".join(options.text), options.json)


async def _simulate(_: Settings, options: argparse.Namespace) -> int:
    from bot import simulating  # noqa: PLC0415

    return await simulating.run(options.port, with_limits=not options.no_limits)


async def _migrate(chosen: Settings, _: argparse.Namespace) -> int:
    from bot.app import open_database  # noqa: PLC0415

    database = await open_database(chosen)
    await database.close()
    return 0


async def _migrate_data(chosen: Settings, options: argparse.Namespace) -> int:
    from bot import moving  # noqa: PLC0415

    return await moving.run(chosen, options.source or chosen.database_url, options.target)


async def _backup(chosen: Settings, options: argparse.Namespace) -> int:
    from bot import copying  # noqa: PLC0415

    return await copying.backup(chosen, Path(options.folder), keep=options.keep)


async def _restore(chosen: Settings, options: argparse.Namespace) -> int:
    from bot import copying  # noqa: PLC0415

    return await copying.restore(chosen, Path(options.file), replace=options.replace)


async def _health(chosen: Settings, _: argparse.Namespace) -> int:
    from bot import looking  # noqa: PLC0415

    return await looking.run(chosen)


async def _check(chosen: Settings, _: argparse.Namespace) -> int:
    from bot.checking import check  # noqa: PLC0415

    results = await check(chosen)
    sys.stdout.writelines(f"{'ok' if well else 'FAULT':<6}{name:<10}{line}\n" for name, well, line in results)
    return 0 if all(well for _, well, _ in results) else FAILED


async def _retry(chosen: Settings, _: argparse.Namespace) -> int:
    from bot.app import open_database  # noqa: PLC0415
    from storage import inbox  # noqa: PLC0415

    database = await open_database(chosen)
    async with database.begin() as session:
        opened = await inbox.take_up_set_aside(session)
    await database.close()
    sys.stdout.write(f"{opened} updates will be handled again\n")
    return 0


async def _questions(chosen: Settings, _: argparse.Namespace) -> int:
    from bot import asked  # noqa: PLC0415

    return await asked.questions_for_editors(chosen)


async def _routings(chosen: Settings, _: argparse.Namespace) -> int:
    from bot import asked  # noqa: PLC0415

    return await asked.routings_for_editors(chosen)


async def _keys(chosen: Settings, options: argparse.Namespace) -> int:
    from bot import sealing  # noqa: PLC0415
    from bot.clock import utc_now  # noqa: PLC0415

    return await sealing.run(chosen, options.action, now=utc_now())


async def _content(_: Settings, __: argparse.Namespace) -> int:
    from bot.answering.check import check_content  # noqa: PLC0415
    from bot.routing.rules import load_places, load_rules  # noqa: PLC0415

    load_places()
    load_rules()
    problems = check_content()
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.stdout.write(f"{len(problems)} problems in the content\n")
    return FAILED if problems else 0


if __name__ == "__main__":
    sys.exit(main())
