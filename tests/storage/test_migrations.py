"""Each revision goes up, down and up again, and the last one is what the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database
from storage.migrations import config, downgrade, head, upgrade
from storage.models import Base


async def test_each_revision_goes_up_down_and_up(empty_database: Database) -> None:
    revisions = list(ScriptDirectory.from_config(config()).walk_revisions())[::-1]
    for revision in revisions:
        await upgrade(empty_database, revision.revision)
        await downgrade(empty_database, str(revision.down_revision or "base"))
        await upgrade(empty_database, revision.revision)
    assert revisions[-1].revision == head()


async def test_models_equal_revisions(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
