"""Copies of a SQLite database: made while the bot runs, and looked at before anybody relies on them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

PRIVATE = 0o600
WAIT_SECONDS = 5.0


class CopyError(Exception):
    """A copy cannot be made or is no good; the text is one readable line."""


def copy(source: Path, target: Path) -> None:
    """Copy a database, also one in use, to a new file that only its owner can read; raises CopyError.

    The file gets its name when the copy is complete and has been looked at: what is there is good.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(PRIVATE)
        with closing(_opened(source)) as here, closing(sqlite3.connect(unfinished)) as there:
            here.backup(there)
            # One file instead of three: the copy is not written to.
            there.execute("PRAGMA journal_mode=DELETE")
        look(unfinished)
        unfinished.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise CopyError(f"{source} cannot be copied to {target}: {error}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def look(path: Path) -> str:
    """Look through every page of a copy; return the revision of its schema. Raises CopyError when it is no good."""
    try:
        with closing(_opened(path)) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            if problems != ["ok"]:
                raise CopyError(f"{path} is damaged: {problems[0]}")
            return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError):
        raise CopyError(f"{path} is no database of this bot") from None


def is_in_use(path: Path) -> bool:
    """Whether another process has the database open; otherwise all that its side files hold is brought into it."""
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            # Only who is alone with a database can end its write-ahead log.
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            return True
    return False


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS)
