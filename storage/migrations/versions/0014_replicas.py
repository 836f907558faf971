"""The processes that work on one database, and which of them sends what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

UNFINISHED = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pace", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_processes"),
    )
    op.add_column("outbox", sa.Column("claim_owner", sa.String(64)))
    op.create_index(
        "ix_inbox_chat_key",
        "inbox",
        ["chat_key", "received_at"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_chat_key", "inbox")
    op.drop_column("outbox", "claim_owner")
    op.drop_table("processes")
