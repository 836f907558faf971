"""Which errors say that the database cannot be had just now, and nothing about what was asked of it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection


def is_outage(error: BaseException) -> bool:
    """Whether the same statement may succeed later: database locked, full, starting, or out of reach."""
    if isinstance(error, NoConnection):
        # All connections of the pool are in use.
        return True
    if isinstance(error, OperationalError | InterfaceError):
        # SQLite files a mistake in a statement under the same class as a locked database.
        return getattr(error.orig, "sqlite_errorname", None) != "SQLITE_ERROR"
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    # The PostgreSQL driver's errors on connecting reach us as they are.
    return isinstance(error, ConnectionError) or type(error).__module__.startswith("asyncpg")
