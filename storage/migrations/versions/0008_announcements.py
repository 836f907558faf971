"""Announcements: subscribers with their consents, sendings, one row a recipient, and the lease of the scheduler."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('planned', 'claimed')")


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("cluster", sa.String(32), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("clusters", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("first_at", sa.String(32)),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(200)),
        sa.Column("late_policy", sa.String(8), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("asks", sa.String(16)),
        sa.Column("asked_of", sa.BigInteger()),
        sa.Column("touched_by", sa.BigInteger()),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", sa.BigInteger()),
        sa.Column("approved_by", sa.BigInteger()),
        sa.Column("rejection", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("update_id", name="uq_announcements_update_id"),
    )
    op.create_index("ix_announcements_asked_of", "announcements", ["asked_of"])
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.UniqueConstraint("update_id", name="uq_consents_update_id"),
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "subscribers",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("topics", sa.Integer(), nullable=False),
        sa.Column("clusters", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("rhythm", sa.String(8), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.Column("quiet_sundays", sa.Boolean(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_subscribers"),
    )
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True)),
        sa.Column("audience", sa.Integer()),
        sa.Column("errors_in_row", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer()),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name="fk_occurrences_announcement_id_announcements"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_occurrences"),
        sa.UniqueConstraint("announcement_id", "kind", "due_at", name="uq_occurrences_announcement_id"),
    )
    op.create_index("ix_occurrences_state", "occurrences", ["state"])
    op.create_table(
        "deliveries",
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("error", sa.String(64)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrences.id"], name="fk_deliveries_occurrence_id_occurrences"),
        sa.PrimaryKeyConstraint("occurrence_id", "person_id", name="pk_deliveries"),
    )
    op.create_index(
        "ix_deliveries_open", "deliveries", ["occurrence_id", "person_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("occurrences")
    op.drop_table("subscribers")
    op.drop_table("leases")
    op.drop_table("consents")
    op.drop_table("announcements")
