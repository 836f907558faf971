"""What a draft asks for, in which order, and what it keeps, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.enquiries import Said, drafting, fields
from bot.enquiries.drafting import CONSENT_VERSION, Wish
from bot.enquiries.errors import NoDraft, TooManyFiles
from bot.enquiries.fields import Field
from storage import drafts
from storage.database import Database
from storage.models import Draft, Way

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRM = 42
TEXT = "Wir suchen eine Verpackung aus Papier"


def draft(**values: object) -> Draft:
    return Draft(**{"person_id": FIRM, "field": "text", "steps": [], "attachments": [], **values})


def fill(one: Draft, text: str, update_id: int = 1) -> bool:
    return fields.fill(one, text, update_id=update_id, now=NOW)


def test_one_field_after_the_other_is_asked_for() -> None:
    one = draft()
    assert fill(one, TEXT)
    asked = [one.field]
    one.cluster = "nieke"
    fields.go_on(one, update_id=2, now=NOW)
    asked.append(one.field)
    assert fill(one, "  Muster \n GmbH ")
    asked.append(one.field)
    fields.choose_way(one, Way.PHONE)
    fields.go_on(one, update_id=3, now=NOW)
    asked.append(one.field)
    assert not fields.is_complete(one)
    assert fill(one, "0451 706550")
    assert [*asked, one.field] == ["cluster", "firm", "way", "contact", "preview"]
    assert (one.firm, one.contact, one.updated_at) == ("Muster GmbH", "+49451706550", NOW)
    assert fields.is_complete(one)


def test_another_way_forgets_the_contact() -> None:
    one = draft(way="phone", contact="+49451706550")
    fields.choose_way(one, Way.PHONE)
    assert one.contact == "+49451706550"
    fields.choose_way(one, Way.EMAIL)
    assert one.contact is None


@pytest.mark.parametrize("field", [Field.CLUSTER, Field.PREVIEW, Field.WAY])
def test_what_is_asked_by_buttons_is_not_written(field: Field) -> None:
    one = draft(field=field)
    assert not fill(one, "Wo sitzt NieKE?")
    assert one.field == field


def test_an_album_counts_each_picture_and_is_told_once() -> None:
    one = draft()
    pictures = [Said(FIRM, number, FIRM, "photo", media_group_id="a") for number in range(3)]
    assert [drafting.attach(one, picture, now=NOW) for picture in pictures] == [True, False, False]
    assert [drafting.attach(one, picture, now=NOW) for picture in pictures] == [True, False, False]
    assert len(one.attachments) == 3
    for number in range(3, 10):
        assert drafting.attach(one, Said(FIRM, number, FIRM, "voice"), now=NOW)
    with pytest.raises(TooManyFiles):
        drafting.attach(one, Said(FIRM, 10, FIRM, "voice"), now=NOW)


def test_a_caption_is_the_text_where_one_is_asked_for() -> None:
    one = draft()
    drafting.caption(one, "Kurz", update_id=1, now=NOW)
    assert (one.text, one.field) == (None, "text")
    drafting.caption(one, TEXT, update_id=2, now=NOW)
    assert (one.text, one.field) == (TEXT, "cluster")
    drafting.caption(one, "Eine andere Beschreibung", update_id=3, now=NOW)
    assert one.text == TEXT


def test_what_is_read_follows_the_text_and_what_was_chosen_stays() -> None:
    one = draft(is_placed=False)
    drafting.place(one, ("packaging",), "DE-SH")
    drafting.place(one, ("logistics",), None)
    assert (one.steps, one.region) == (["logistics"], None)
    one.is_placed = True
    drafting.place(one, ("packaging",), "DE-SH")
    assert (one.steps, one.region) == (["logistics"], None)


async def test_a_new_text_forgets_what_was_chosen_for_the_old_one(database: Database) -> None:
    chosen = await begun(database, Wish(TEXT, "nieke", ("packaging",), "DE-NI", is_chosen=True), 1)
    assert chosen
    assert chosen.is_placed
    other = await begun(database, Wish("Etwas ganz anderes noch", "giqs"), 2, anew=True)
    assert other
    assert (other.is_placed, other.steps) == (False, [])


def test_a_preview_is_good_only_for_what_it_showed() -> None:
    one = draft(text=TEXT, cluster="nieke", firm="Muster", way="chat", update_id=5)
    assert drafting.is_shown(one, CONSENT_VERSION, 5)
    assert not drafting.is_shown(one, CONSENT_VERSION, 4)
    assert not drafting.is_shown(one, "2020-01", 5)
    one.firm = None
    assert not drafting.is_shown(one, CONSENT_VERSION, 5)


async def begun(database: Database, wish: Wish, update_id: int, *, anew: bool = False) -> Draft | None:
    async with database.begin() as session:
        return await drafting.begun(session, FIRM, wish, anew=anew, update_id=update_id, now=NOW)


async def test_a_draft_outlives_the_process_and_is_replaced_only_when_asked(database: Database) -> None:
    assert await begun(database, Wish(TEXT, "nieke", ("packaging",), "DE-NI"), 1) is not None
    again = await begun(database, Wish(), 2)
    assert again is not None
    assert (again.text, again.cluster, again.region, again.field) == (TEXT, "nieke", "DE-NI", "firm")
    other = Wish("Wir suchen einen Kühlturm", "fpi")
    assert await begun(database, other, 3) is None
    anew = await begun(database, other, 3, anew=True)
    assert anew is not None
    assert (anew.text, anew.cluster, anew.steps) == ("Wir suchen einen Kühlturm", "fpi", [])
    assert await begun(database, Wish("Etwas ganz anderes noch", "giqs"), 3, anew=True) is not None
    async with database.read() as session:
        assert (await drafting.of(session, FIRM)).cluster == "fpi"


async def test_untouched_drafts_are_forgotten(database: Database) -> None:
    await begun(database, Wish(TEXT), 1)
    async with database.begin() as session:
        await drafts.forget(session, before=NOW)
        await drafting.of(session, FIRM)
    async with database.begin() as session:
        await drafts.forget(session, before=NOW + timedelta(seconds=1))
        with pytest.raises(NoDraft):
            await drafting.of(session, FIRM)
