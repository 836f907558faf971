"""Recipients without a foreign key: the statement that writes a million of them need not look up a million times."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NAME = "fk_deliveries_occurrence_id_occurrences"


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as batch:
        batch.drop_constraint(NAME, type_="foreignkey")


def downgrade() -> None:
    with op.batch_alter_table("deliveries") as batch:
        batch.create_foreign_key(NAME, "occurrences", ["occurrence_id"], ["id"])
