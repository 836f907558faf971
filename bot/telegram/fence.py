"""A copy of the scheduler's number outside the database: who restores a back-up does not restore it too."""

from __future__ import annotations

from pathlib import Path

from bot import logs

log = logs.get(__name__)


class FenceCopy:
    """The highest number that was kept in a file; without a file there is nothing to compare with.

    It is written after the commit that raised the number and before anything leaves by it: so it is never higher than
    the number in the database, unless the database has become older.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = 0
        self._has_failed = False

    def read(self) -> int:
        """Return the number; 0 when there is none that can be read."""
        if self._path is None:
            return 0
        try:
            return int(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as error:
            self._complain(error)
            return 0

    def keep(self, number: int) -> None:
        """Write the number, unless a higher one is there; a full disk stops nothing."""
        if self._path is None or number <= max(self._kept, self.read()):
            return
        beside = self._path.with_name(self._path.name + ".new")
        try:
            beside.write_text(str(number), encoding="ascii")
            beside.replace(self._path)
        except OSError as error:
            self._complain(error)
        else:
            self._kept = number

    def _complain(self, error: Exception) -> None:
        if not self._has_failed:
            log.warning("fence file cannot be used; a restored back-up will not be noticed", error=type(error).__name__)
        self._has_failed = True
