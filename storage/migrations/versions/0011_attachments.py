"""Announcements that are corrected, and the message that says how far a sending is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("announcements", sa.Column("correction", sa.JSON(none_as_null=True)))
    op.add_column("occurrences", sa.Column("progress_id", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("occurrences", "progress_id")
    op.drop_column("announcements", "correction")
