"""PostgreSQL's own programs for copies: run where they are at hand, named where they are not."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StartError
from storage.database import Database
from storage.migrations import current

DUMP = ("pg_dump", "--format=custom", "--no-owner", "--no-privileges")
LOAD = ("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction")
LIST = ("pg_restore", "--list")


async def dump(url: URL, target: Path) -> None:
    """Copy a database into a file that has been looked at; raises StartError."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.touch(0o600)
    try:
        await _run(url, *DUMP, f"--file={unfinished}", f"--dbname={_address(url)}")
        await _run(url, *LIST, str(unfinished))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


async def load(database: Database, source: Path, *, replace: bool) -> None:
    """Put a file in the place of what is there, all or nothing; raises StartError."""
    url = database.url
    await _run(url, *LIST, str(source))
    try:
        revision = await current(database)
    except (SQLAlchemyError, OSError) as error:
        raise StartError(f"database out of reach ({type(error).__name__})") from None
    if revision is not None and not replace:
        raise StartError("the database is not empty; with --replace it is overwritten, so make a backup first")
    await _run(url, *LOAD, f"--dbname={_address(url)}", str(source))


def _address(url: URL) -> str:
    """Return the address as these programs know it; the password is not for a command line."""
    return url.set(drivername="postgresql", password=None).render_as_string()


async def _run(url: URL, *command: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise StartError(
            f"{command[0]} is not installed here; where it is, call, PGPASSWORD set: {shlex.join(command)}"
        )
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    process = await asyncio.create_subprocess_exec(
        program,
        *command[1:],
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await process.communicate()
    if process.returncode:
        lines = told.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        raise StartError(f"{lines[0]}; the call was: {shlex.join(command)}")
