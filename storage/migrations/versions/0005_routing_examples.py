"""Where people corrected the routing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routing_examples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("routed_steps", sa.JSON(), nullable=False),
        sa.Column("routed_region", sa.String(8), nullable=True),
        sa.Column("chosen_step", sa.String(32), nullable=False),
        sa.Column("chosen_region", sa.String(8), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_routing_examples"),
        sa.UniqueConstraint("update_id", name="uq_routing_examples_update_id"),
    )
    op.create_index("ix_routing_examples_created_at", "routing_examples", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_routing_examples_created_at", "routing_examples")
    op.drop_table("routing_examples")
