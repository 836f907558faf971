"""What a cluster has done of an enquiry, what its card shows, and whether a draft was placed by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("enquiry_places", sa.Column("card_shown", sa.String(16)))
    op.add_column("enquiry_places", sa.Column("done_at", sa.DateTime(timezone=True)))
    op.add_column("drafts", sa.Column("is_placed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("drafts", "is_placed")
    op.drop_column("enquiry_places", "done_at")
    op.drop_column("enquiry_places", "card_shown")
