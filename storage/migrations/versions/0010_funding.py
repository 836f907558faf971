"""Funding calls, and what the digest has told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WAITING = sa.text("state = 'weekly' AND digest_id IS NULL")
TOLD = sa.text("digest_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "funding_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.String(10)),
        sa.Column("closes_at", sa.DateTime(timezone=True)),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("who", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("amount", sa.JSON(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name="fk_funding_calls_announcement_id_announcements",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_funding_calls"),
        sa.UniqueConstraint("announcement_id", name="uq_funding_calls_announcement_id"),
    )
    op.create_table(
        "funding_wishes",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["funding_calls.id"], name="fk_funding_wishes_call_id_funding_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "person_id", name="pk_funding_wishes"),
    )
    op.add_column("deliveries", sa.Column("digest_id", sa.Integer()))
    op.create_index(
        "ix_deliveries_waiting", "deliveries", ["person_id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    op.create_index(
        "ix_deliveries_digest_id", "deliveries", ["digest_id", "person_id"], sqlite_where=TOLD, postgresql_where=TOLD
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_digest_id", "deliveries")
    op.drop_index("ix_deliveries_waiting", "deliveries")
    op.execute("DELETE FROM deliveries WHERE state = 'weekly'")
    op.drop_column("deliveries", "digest_id")
    op.drop_table("funding_wishes")
    op.drop_table("funding_calls")
