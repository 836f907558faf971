"""What is kept of a person, as they are told: everything for machines, and the parts that people want to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.persons import rows_of

TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """All rows of a person; times are ISO 8601."""

    person_id: int
    at: datetime
    rows: dict[str, list[dict[str, Any]]]

    @property
    def everything(self) -> dict[str, Any]:
        """What the file holds."""
        return {"telegram_number": self.person_id, "as_of": self.at.isoformat(), "kept": self.rows}

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each table."""
        return {name: len(rows) for name, rows in self.rows.items()}

    @property
    def memory(self) -> dict[str, Any] | None:
        """What is remembered of the chat."""
        for row in self.rows.get("chats", ()):
            return {"language": row["chosen_language"] or row["last_language"], "at": _time(row["updated_at"])}
        return None

    @property
    def draft(self) -> dict[str, Any] | None:
        """What the person is writing."""
        return next(iter(self.rows.get("drafts", ())), None)

    @property
    def enquiries(self) -> list[dict[str, Any]]:
        """The person's own enquiries, oldest first."""
        said = [row["enquiry_id"] for row in self.rows.get("enquiry_messages", ())]
        return [
            {**row, "at": _time(row["sent_at"]), "number": _number(row), "messages": said.count(row["id"])}
            for row in self.rows.get("enquiries", ())
            if row["person_id"] == self.person_id
        ]

    @property
    def consents(self) -> list[dict[str, Any]]:
        """Each consent and each withdrawal, with wording, version and time, oldest first."""
        subscribed = [
            {**row, "at": _time(row["at"]), "about": row["topic"], "text": _bare(row["text"])}
            for row in self.rows.get("consents", ())
        ]
        for enquiry in self.enquiries:
            text = _bare(enquiry["consent_text"])
            given = {"about": enquiry["number"], "version": enquiry["consent_version"], "text": text}
            subscribed.append({"given": True, "at": enquiry["at"], **given})
            if enquiry["outcome"] == "withdrawn":
                subscribed.append({"given": False, "at": _time(enquiry["closed_at"]), **given})
        return sorted(subscribed, key=lambda consent: consent["at"])


async def disclose(session: AsyncSession, person_id: int, *, now: datetime) -> Disclosure:
    """Return what is kept of a person."""
    return Disclosure(person_id, now, await rows_of(session, person_id))


def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _number(row: dict[str, Any]) -> str:
    return f"GFC-{_time(row['sent_at']).year}-{row['id']:05d}"


def _bare(html: str) -> str:
    return unescape(TAGS.sub("", html))
