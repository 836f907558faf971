"""`gfcbot backup` and `gfcbot restore`: copies that have been looked at, and the way back."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.app import open_database
from bot.clock import utc_now
from bot.errors import StartError
from bot.postgres_tools import dump, load
from bot.settings import PREFIX, Settings
from storage import copies
from storage.copies import CopyError
from storage.database import Database

TIME = "%Y%m%dT%H%M%S"


async def backup(settings: Settings, folder: Path, *, keep: int | None = None) -> int:
    """Write a dated copy into `folder`, keep the newest `keep` of its kind; return 0. Raises StartError."""
    database = Database(settings.database_url, settings.keys())
    try:
        target = await asyncio.to_thread(_target, folder, ".sqlite3" if database.is_sqlite else ".pgdump")
        if database.is_sqlite:
            await asyncio.to_thread(_save, _file(database), target)
        else:
            await dump(database.url, target)
    finally:
        await database.close()
    await asyncio.to_thread(_tell, target, keep)
    keys = f"{PREFIX}DATA_KEYS" if settings.data_keys else settings.kept_beside()
    sys.stdout.write(f"It is of no use without the keys: {keys}. Keep a copy of them at another place.\n")
    return 0


async def restore(settings: Settings, source: Path, *, replace: bool = False) -> int:
    """Put a copy in the place of the database, with `replace` also where there is one; return 0. Raises StartError."""
    database = Database(settings.database_url, settings.keys())
    try:
        if database.is_sqlite:
            await asyncio.to_thread(_put, source, _file(database), replace=replace)
        else:
            await load(database, source, replace=replace)
    finally:
        await database.close()
    restored = await open_database(settings)
    await restored.ping()
    await restored.close()
    sys.stdout.write(f"{source} is in place. Before the bot starts, see docs/operations.md, Restore.\n")
    return 0


def _target(folder: Path, suffix: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"{folder} cannot be had ({error.strerror})") from None
    return folder / f"gfcbot-{utc_now():{TIME}}{suffix}"


def _save(source: Path, target: Path) -> None:
    try:
        copies.copy(source, target)
    except CopyError as error:
        raise StartError(str(error)) from None


def _tell(target: Path, keep: int | None) -> None:
    """Say what was written, and delete what is older than the newest `keep`."""
    older = sorted(target.parent.glob(f"gfcbot-*T*{target.suffix}"))[:-keep] if keep else []
    for path in older:
        path.unlink()
    sys.stdout.write(f"{target}: complete, {target.stat().st_size} bytes; {len(older)} older ones deleted\n")


def _put(source: Path, target: Path, *, replace: bool) -> None:
    """Copy, then change names: whatever happens in between, one of the two is whole."""
    try:
        copies.look(source)
    except CopyError as error:
        raise StartError(str(error)) from None
    if target.exists() and not replace:
        raise StartError(f"{target} exists; with --replace it is moved aside")
    if target.exists() and copies.is_in_use(target):
        raise StartError(f"{target} is in use; stop the bot first")
    fresh = target.with_name(f"{target.name}.restored")
    _save(source, fresh)
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{utc_now():{TIME}}")
        target.rename(aside)
        sys.stdout.write(f"what was there is now {aside}\n")
    fresh.replace(target)


def _file(database: Database) -> Path:
    file = database.url.database
    if not file or file == ":memory:":
        raise StartError(f"{PREFIX}DATABASE_URL names no file")
    return Path(file)
