"""Addresses and numbers: checked, kept in one form, shown as a person reads them."""

from __future__ import annotations

import pytest

from bot.enquiries.contacts import guessed, normalised_email, normalised_phone, shown
from bot.enquiries.errors import BadEmail, BadPhone


@pytest.mark.parametrize(
    ("written", "kept"),
    [(" Kontakt@Muster.DE ", "Kontakt@muster.de"), ("vertrieb@müller-wurst.de", "vertrieb@müller-wurst.de")],
)
def test_an_address_is_kept_in_one_form(written: str, kept: str) -> None:
    assert normalised_email(written) == kept


@pytest.mark.parametrize("written", ["", "muster", "muster at web.de", "a@b", "a@@b.de", "a b@c.de", "a@b.de\nc@d.de"])
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(BadEmail):
        normalised_email(written)


@pytest.mark.parametrize(
    ("written", "kept", "told"),
    [
        ("0451 70655-0", "+49451706550", "0451 706550"),
        ("+49 (0)451 706550", "+49451706550", "0451 706550"),
        ("0049 451 / 70 65 50", "+49451706550", "0451 706550"),
        ("0171 1234567", "+491711234567", "0171 1234567"),
        ("+45 33 12 34 56", "+4533123456", "+45 33 12 34 56"),
    ],
)
def test_a_number_is_kept_as_e164_and_shown_as_at_home(written: str, kept: str, told: str) -> None:
    assert normalised_phone(written) == kept
    assert shown("phone", kept) == told


@pytest.mark.parametrize("written", ["", "heute Nachmittag", "110", "123", "0451", "+49 0000000000", "1" * 400])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(BadPhone):
        normalised_phone(written)


def test_what_it_is_can_be_told_from_how_it_looks() -> None:
    assert guessed("info@muster.de") == ("email", "info@muster.de")
    assert guessed("0451 706550") == ("phone", "+49451706550")
    assert guessed("Am liebsten vormittags") is None


def test_without_a_contact_nothing_is_shown() -> None:
    assert shown("chat", None) == ""
    assert shown("email", "info@muster.de") == "info@muster.de"
