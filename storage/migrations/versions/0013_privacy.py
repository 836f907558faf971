"""Sealed columns, the keys that have sealed, and the tombstones; the audit log lets go of what is over a year old.

What stands in the columns stays as it is; the bot seals it while it runs (storage.rotation).
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TEXTS = (
    ("staff_roles", "name", False),
    ("staff_chats", "title", False),
    ("drafts", "firm", True),
    ("drafts", "contact", True),
    ("enquiries", "firm", False),
    ("enquiries", "contact", True),
    ("enquiries", "claimed_name", True),
    ("enquiry_messages", "file_id", True),
)
"""Limited in length until now; a cipher is longer."""
JSONS = (
    ("chats", "context", False),
    ("drafts", "attachments", False),
    ("inbox", "payload", True),
    ("outbox", "values", False),
    ("sends", "result", True),
)
REFUSAL = "the audit log only grows"
YEAR = "interval '365 days'"
OVER_A_YEAR = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-365 days')"


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, column, _ in JSONS if is_postgresql else ():
        # A cipher that came back from a downgrade is a JSON string.
        using = f"""CASE json_typeof("{column}") WHEN 'string' THEN "{column}" #>> '{{}}' ELSE "{column}"::text END"""
        op.alter_column(table, column, type_=sa.Text(), postgresql_using=using)
    for table, column, _ in TEXTS if is_postgresql else ():
        op.alter_column(table, column, type_=sa.Text())
    for table, column, nullable in () if is_postgresql else (*TEXTS, *JSONS):
        _become(table, column, sa.Text(), nullable=nullable)
    op.create_table(
        "data_keys",
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("proof", sa.String(64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_data_keys"),
    )
    op.create_table(
        "tombstones",
        sa.Column("person_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person_hash", name="pk_tombstones"),
    )
    _guard_audit(lets_go=True)


def downgrade() -> None:
    _guard_audit(lets_go=False)
    op.drop_table("tombstones")
    op.drop_table("data_keys")
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, column, _ in JSONS if is_postgresql else ():
        using = f"""CASE WHEN "{column}" LIKE 'sealed:%' THEN to_json("{column}") ELSE "{column}"::json END"""
        op.alter_column(table, column, type_=sa.JSON(), postgresql_using=using)
    for table, column, nullable in () if is_postgresql else JSONS:
        _become(table, column, sa.JSON(), nullable=nullable)


def _become(table: str, column: str, type_: sa.Text | sa.JSON, *, nullable: bool) -> None:
    """Change a type on SQLite, column by column: a table that others refer to cannot be copied in a transaction."""
    op.add_column(table, sa.Column("renewed", type_, nullable=nullable, server_default=None if nullable else ""))
    op.execute(f'UPDATE {table} SET renewed = "{column}"')  # noqa: S608  the names are ours
    op.execute(f'ALTER TABLE {table} DROP COLUMN "{column}"')
    op.execute(f'ALTER TABLE {table} RENAME COLUMN renewed TO "{column}"')


def _guard_audit(*, lets_go: bool) -> None:
    """Refuse every change; with `lets_go`, all but the deletion of what is more than a year old."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_audit_on_postgresql(lets_go=lets_go)
        return
    op.execute("DROP TRIGGER audit_no_delete")
    when = f"WHEN old.at > {OVER_A_YEAR} " if lets_go else ""
    op.execute(
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {when}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _guard_audit_on_postgresql(*, lets_go: bool) -> None:
    op.execute("DROP TRIGGER audit_only_grows ON audit")
    if not lets_go:
        op.execute("DROP TRIGGER audit_keeps_a_year ON audit")
        op.execute("DROP FUNCTION audit_keeps_a_year()")
    deeds = "UPDATE OR TRUNCATE" if lets_go else "UPDATE OR DELETE OR TRUNCATE"
    op.execute(
        f"CREATE TRIGGER audit_only_grows BEFORE {deeds} ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    )
    if lets_go:
        op.execute(
            "CREATE FUNCTION audit_keeps_a_year() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF OLD.at > now() - {YEAR} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN OLD; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_keeps_a_year BEFORE DELETE ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_keeps_a_year()"
        )
