"""Events, who comes, and what an occurrence is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    # SQLite knows these forms too, and the constraint of the column goes with its name.
    op.execute("ALTER TABLE occurrences RENAME COLUMN kind TO purpose")
    op.add_column("occurrences", sa.Column("minutes_before", sa.Integer()))
    op.add_column("occurrences", sa.Column("expires_at", sa.DateTime(timezone=True)))
    op.add_column("announcements", sa.Column("subject", sa.String(24)))
    op.create_index("ix_announcements_subject", "announcements", ["subject"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revises", sa.Integer()),
        sa.Column("base", sa.Integer()),
        sa.Column("cluster", sa.String(32), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True)),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("online", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("seats", sa.Integer()),
        sa.Column("deadline", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True)),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("asks", sa.String(16)),
        sa.Column("asked_of", sa.BigInteger()),
        sa.Column("touched_by", sa.BigInteger()),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revises"], ["events.id"], name="fk_events_revises_events"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("uid", name="uq_events_uid"),
        sa.UniqueConstraint("update_id", name="uq_events_update_id"),
    )
    op.create_index("ix_events_asked_of", "events", ["asked_of"])
    op.create_table(
        "attendances",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("moved_up_at", sa.DateTime(timezone=True)),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_by", sa.BigInteger()),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_attendances_event_id_events"),
        sa.PrimaryKeyConstraint("event_id", "person_id", name="pk_attendances"),
    )
    op.create_index("ix_attendances_state", "attendances", ["event_id", "state", "place"])


def downgrade() -> None:
    op.drop_table("attendances")
    op.drop_table("events")
    op.drop_index("ix_announcements_subject", "announcements")
    op.drop_column("announcements", "subject")
    op.drop_column("occurrences", "expires_at")
    op.drop_column("occurrences", "minutes_before")
    op.execute("ALTER TABLE occurrences RENAME COLUMN purpose TO kind")
