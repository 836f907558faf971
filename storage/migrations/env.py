"""Run by Alembic: migrates over the connection that the caller opened, or over GFCBOT_DATABASE_URL when run by hand."""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from storage.database import Database
from storage.models import Base


def _run(connection: Connection) -> None:
    # SQLite cannot alter a table in place: batch mode copies it.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _run_by_hand() -> None:
    database = Database(os.environ["GFCBOT_DATABASE_URL"])
    async with database.engine.begin() as connection:
        await connection.run_sync(_run)
    await database.close()


if context.config.attributes.get("connection") is not None:
    _run(context.config.attributes["connection"])
else:
    asyncio.run(_run_by_hand())
