"""No column with a person's number is forgotten when a person asks what is kept, or wants it erased."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer

from storage import erasing
from storage.models import Base
from storage.persons import AT_WORK, NEVER_PERSONS, NOT_PERSONS, OWN


def test_every_number_of_a_person_is_named() -> None:
    """A new column with a large number is a person's, or storage.persons says what else it is."""
    known = {(table, name) for columns in (OWN, AT_WORK) for table, names in columns.items() for name in names}
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, BigInteger) and column.name not in NEVER_PERSONS:
                assert (table.name, column.name) in known | NOT_PERSONS, f"{table.name}.{column.name}"


def test_what_is_named_is_there() -> None:
    named = {(table, name) for columns in (OWN, AT_WORK) for table, names in columns.items() for name in names}
    for table, name in named | NOT_PERSONS:
        assert isinstance(Base.metadata.tables[table].c[name].type, BigInteger | Integer)


def test_what_anybody_leaves_is_looked_through_for_the_forgotten() -> None:
    looked = {(str(column.class_.__tablename__), column.key) for column in erasing.PERSONS}
    stays = {("blocked_people", "person_id"), ("enquiry_messages", "author_id")}
    """A block; and the messages of an enquiry go with the enquiry, those of staff are the association's."""
    assert looked == {(table, name) for table, names in OWN.items() for name in names} - stays
