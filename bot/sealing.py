"""`gfcbot keys`: make a key, list the keys, seal anew with the newest."""

from __future__ import annotations

import sys
from datetime import datetime

from bot.app import open_database
from bot.errors import StartError
from bot.settings import PREFIX, Settings
from storage import rotation
from storage.database import Database
from storage.keys import Keyring


async def run(settings: Settings, action: str, *, now: datetime) -> int:
    """Do one of new, list and rotate; return 0. Raises StartError."""
    database = await open_database(settings)
    try:
        await ACTIONS[action](database, now)
    finally:
        await database.close()
    return 0


async def new(database: Database, now: datetime) -> None:
    """Put a new key in front: in the file, or printed for whoever keeps the setting."""
    if not database.keys.are_ours:
        sys.stdout.write(f"{database.keys.ring.with_new().written()}\n")
        sys.stderr.write(
            f"Set this as {PREFIX}DATA_KEYS for every process, start the bot again, then run gfcbot keys rotate.\n"
        )
        return
    ring = database.keys.renew()
    async with database.begin() as session:
        await rotation.note_key(session, ring, now=now)
    sys.stdout.write(f"key {ring.ids[0]} is the newest now, kept in {database.keys.source}\n")


async def show(database: Database, _: datetime) -> None:
    """Print each key with the number of values that it has sealed; never the key."""
    async with database.read() as session:
        for place, key_id in enumerate(database.keys.ring.ids):
            sealed = await rotation.count(session, key_id)
            seals = "seals what is written" if place == 0 else "opens what is older"
            sys.stdout.write(f"{key_id:<18}{sealed:>10,} values  {seals}\n")
        plain = await rotation.count(session, rotation.PLAIN)
    sys.stdout.write(f"{'without a key':<18}{plain:>10,} values\n")


async def rotate(database: Database, _: datetime) -> None:
    """Seal everything with the newest key, in batches; the bot may run. Raises StartError when it would not read it."""
    ring = database.keys.ring
    async with database.read() as session:
        if not await rotation.is_noted(session, ring.ids[0]):
            raise StartError(f"start the bot with key {ring.ids[0]} first, so that it can read what is sealed with it")
    done = await seal_all(database, ring)
    async with database.begin() as session:
        unused = await rotation.drop_unused(session, ring)
    sys.stdout.write(f"{done:,} values sealed with key {ring.ids[0]}\n")
    if unused:
        sys.stdout.write(f"not needed any more, but by back-ups: {', '.join(unused)}\n")


async def seal_all(database: Database, ring: Keyring) -> int:
    """Seal in batches, a transaction each; return how many values."""
    total = 0
    while True:
        async with database.begin() as session:
            done = await rotation.seal_anew(session, ring)
        if not done:
            return total
        total += done


ACTIONS = {"new": new, "list": show, "rotate": rotate}
