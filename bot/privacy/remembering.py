"""That somebody was forgotten is remembered in two places, so that a restored back-up does not bring them back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import logs
from bot.privacy import forgetting
from storage import erasing, tombstones
from storage.database import Database
from storage.tombstones import Stones

log = logs.get(__name__)

SUFFIX = ".forgotten"


@dataclass(frozen=True, slots=True)
class Memory:
    """The tombstones in the database and in the file beside the keys."""

    database: Database
    path: Path

    @classmethod
    def beside(cls, database: Database, keys: Path) -> Memory:
        """Return the memory whose file is beside that of the keys."""
        return cls(database, keys.with_suffix(SUFFIX))

    async def settle(self) -> tuple[Stones, bool]:
        """Bring both lists to the same; return it, and whether the database had lost some of it."""
        kept = await asyncio.to_thread(self._read)
        async with self.database.begin() as session:
            known = await tombstones.everything(session)
            both = tombstones.merged(known, kept)
            lost = {name: stone for name, stone in both.items() if known.get(name) != stone}
            await tombstones.keep(session, lost)
        if both != kept:
            await asyncio.to_thread(self._write, both)
        return both, bool(lost)

    async def erase_again(self, *, always: bool, now: datetime) -> int:
        """Erase what is there of people who were forgotten; return how many rows.

        Unless `always`, only after a restore, and where an enquiry was to go on. What came after they were forgotten
        stays: it is a new beginning.
        """
        stones, was_restored = await self.settle()
        if not stones or not (always or was_restored or any(stone.kept for stone in stones.values())):
            return 0
        async with self.database.read() as session:
            people = await erasing.people(session)
        forgotten = await asyncio.to_thread(tombstones.of, stones, self.database.keys.ring, people)
        count = 0
        for person, stone in forgotten.items():
            async with self.database.begin() as session:
                count += await forgetting.erase(session, person, stone.kept, until=stone.at, now=now)
        return count

    async def prune(self, *, before: datetime) -> None:
        """Drop from the file what the database drops: otherwise it would come back from there."""
        kept = await asyncio.to_thread(self._read)
        left = {name: stone for name, stone in kept.items() if stone.at >= before}
        if left != kept:
            await asyncio.to_thread(self._write, left)

    def _read(self) -> Stones:
        try:
            return tombstones.read_file(self.path)
        except (OSError, ValueError, KeyError) as error:
            log.error("the list of the forgotten cannot be read", file=str(self.path), error=type(error).__name__)
            return {}

    def _write(self, stones: Stones) -> None:
        try:
            tombstones.write_file(self.path, stones)
        except OSError as error:
            log.error("the list of the forgotten cannot be written", file=str(self.path), error=type(error).__name__)
