"""From the draft to the enquiry: checked, recorded with its consent, planned for the staff chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import blocking, planning
from bot.enquiries.errors import NoDraft, TooLong, TooMany, TooShort
from storage import drafts, enquiries, staff_chats
from storage.models import Draft, Enquiry, EnquiryMessage, EnquiryPlace, Side, Way

LEAST_TEXT, MOST_TEXT, MOST_FIRM = 10, 3000, 200
"""Characters: what staff can act on, and what fits a card beside the rest."""
MOST_ATTACHMENTS = 10
DAY = timedelta(days=1)


class Consent(NamedTuple):
    """What the person agreed to: its version and the wording as it was shown."""

    version: str
    text: str


def checked_text(text: str) -> str:
    """Return the text of an enquiry; raises TooShort and TooLong."""
    text = text.strip()
    if len(text) < LEAST_TEXT:
        raise TooShort(least=LEAST_TEXT)
    if len(text) > MOST_TEXT:
        raise TooLong(most=MOST_TEXT)
    return text


def checked_firm(name: str) -> str:
    """Return the name of a firm in one line; raises TooLong."""
    name = " ".join(name.split())
    if len(name) > MOST_FIRM:
        raise TooLong(most=MOST_FIRM)
    return name


async def check_may_send(session: AsyncSession, person_id: int, *, most_a_day: int, now: datetime) -> None:
    """Raise PersonBlocked or TooMany for who may not send an enquiry now."""
    await blocking.check(session, person_id)
    if await enquiries.count_since(session, person_id, since=now - DAY) >= most_a_day:
        raise TooMany(most=most_a_day)


async def open_enquiry(
    session: AsyncSession,
    person_id: int,
    *,
    update_id: int,
    language: str,
    consent: Consent,
    most_a_day: int,
    now: datetime,
) -> Enquiry:
    """Make an enquiry of the draft of a person; the same update does it once.

    Raises NoDraft when it is gone or not complete, PersonBlocked, TooMany.
    """
    known = await enquiries.by_update(session, update_id)
    if known is not None:
        return known
    draft = await drafts.of(session, person_id)
    if draft is None or not (draft.text and draft.firm and draft.cluster and draft.way):
        raise NoDraft
    await check_may_send(session, person_id, most_a_day=most_a_day, now=now)
    enquiry = _made_of(draft, update_id, language, consent, now)
    session.add(enquiry)
    await session.flush()
    session.add(EnquiryPlace(enquiry_id=enquiry.id, cluster=enquiry.cluster))
    await session.flush()
    await planning.cards(session, enquiry, now=now)
    for entry in _attached(draft, enquiry):
        session.add(entry)
        await session.flush()
        await planning.relay(session, enquiry, entry, now=now)
    connected = await staff_chats.works(session, enquiry.cluster)
    await planning.tell_person(
        session, enquiry, "opened.html", key=str(enquiry.id), now=now, buttons="opened", is_connected=connected
    )
    await drafts.drop(session, person_id)
    return enquiry


def _made_of(draft: Draft, update_id: int, language: str, consent: Consent, now: datetime) -> Enquiry:
    return Enquiry(
        update_id=update_id,
        person_id=draft.person_id,
        language=language,
        cluster=draft.cluster or "",
        steps=draft.steps,
        region=draft.region,
        text=draft.text or "",
        firm=draft.firm or "",
        way=draft.way or Way.CHAT,
        contact=draft.contact,
        consent_version=consent.version,
        consent_text=consent.text,
        sent_at=now,
        last_firm_at=now,
    )


def _attached(draft: Draft, enquiry: Enquiry) -> list[EnquiryMessage]:
    return [
        EnquiryMessage(
            enquiry_id=enquiry.id,
            side=Side.FIRM,
            author_id=draft.person_id,
            chat_id=draft.person_id,
            message_id=attached["message_id"],
            media_group_id=attached.get("media_group_id"),
            kind=attached["kind"],
            text=attached.get("text", ""),
            file_id=attached.get("file_id"),
            said_at=enquiry.sent_at,
        )
        for attached in draft.attachments
    ]
