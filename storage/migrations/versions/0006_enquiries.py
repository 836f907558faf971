"""Enquiries: drafts, the record, places in staff chats, and what is to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNSENT = sa.text("state IN ('planned', 'claimed', 'parked')")


def upgrade() -> None:
    op.create_table(
        "blocked_people",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("blocked_by", sa.BigInteger(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_blocked_people"),
    )
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("cluster", sa.String(32)),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(8)),
        sa.Column("text", sa.Text()),
        sa.Column("firm", sa.String(200)),
        sa.Column("way", sa.String(8)),
        sa.Column("contact", sa.String(320)),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("update_id", sa.BigInteger()),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_drafts"),
    )
    op.create_table(
        "enquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("cluster", sa.String(32), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(8)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("firm", sa.String(200), nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("contact", sa.String(320)),
        sa.Column("consent_version", sa.String(16), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claimed_by", sa.BigInteger()),
        sa.Column("claimed_name", sa.String(128)),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_answer_at", sa.DateTime(timezone=True)),
        sa.Column("last_firm_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_staff_at", sa.DateTime(timezone=True)),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("escalated_at", sa.DateTime(timezone=True)),
        sa.Column("warned_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(16)),
        sa.Column("rating", sa.Integer()),
        sa.Column("rating_text", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_enquiries"),
        sa.UniqueConstraint("update_id", name="uq_enquiries_update_id"),
    )
    op.create_index("ix_enquiries_person_id", "enquiries", ["person_id", "state"])
    op.create_index("ix_enquiries_state", "enquiries", ["state"])
    op.create_table(
        "enquiry_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("cluster", sa.String(32)),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("media_group_id", sa.String(64)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(256)),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name="fk_enquiry_messages_enquiry_id_enquiries"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_messages"),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_enquiry_messages_chat_id"),
    )
    op.create_index("ix_enquiry_messages_enquiry_id", "enquiry_messages", ["enquiry_id"])
    op.create_table(
        "enquiry_places",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("cluster", sa.String(32), nullable=False),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("topic_id", sa.BigInteger()),
        sa.Column("topic_tries", sa.Integer(), nullable=False),
        sa.Column("card_message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name="fk_enquiry_places_enquiry_id_enquiries"),
        sa.PrimaryKeyConstraint("enquiry_id", "cluster", name="pk_enquiry_places"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("lane", sa.String(64), nullable=False),
        sa.Column("cluster", sa.String(32)),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("departures", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("error", sa.String(128)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name="fk_outbox_enquiry_id_enquiries"),
        sa.ForeignKeyConstraint(["entry_id"], ["enquiry_messages.id"], name="fk_outbox_entry_id_enquiry_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_enquiry_id", "outbox", ["enquiry_id"])
    op.create_index("ix_outbox_entry_id", "outbox", ["entry_id"])
    op.create_index("ix_outbox_unsent", "outbox", ["lane", "id"], sqlite_where=UNSENT, postgresql_where=UNSENT)
    op.create_table(
        "relayed",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiries.id"], name="fk_relayed_enquiry_id_enquiries"),
        sa.ForeignKeyConstraint(["entry_id"], ["enquiry_messages.id"], name="fk_relayed_entry_id_enquiry_messages"),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_relayed"),
    )
    op.create_index("ix_relayed_enquiry_id", "relayed", ["enquiry_id"])
    op.create_index("ix_relayed_entry_id", "relayed", ["entry_id"])


def downgrade() -> None:
    op.drop_table("relayed")
    op.drop_table("outbox")
    op.drop_table("enquiry_places")
    op.drop_table("enquiry_messages")
    op.drop_table("enquiries")
    op.drop_table("drafts")
    op.drop_table("blocked_people")
