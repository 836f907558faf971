"""How a firm can be reached besides the chat: addresses and numbers, checked, kept in one form, shown in another."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.enquiries.errors import BadEmail, BadPhone
from storage.models import Way

HOME, HOME_CODE = "DE", 49
"""Where a number without a country code is, and the code that is not shown."""


def normalised_email(text: str) -> str:
    """Return an e-mail address in the form in which it is kept; no server is asked. Raises BadEmail."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise BadEmail from None


def normalised_phone(text: str) -> str:
    """Return a telephone number as E.164 (+49451706550); without a country code it is German. Raises BadPhone."""
    try:
        number = phonenumbers.parse(text, HOME)
    except NumberParseException:
        raise BadPhone from None
    if not phonenumbers.is_valid_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def normalised(way: str, text: str) -> str:
    """Return a contact for a way of being answered; raises BadEmail and BadPhone."""
    return normalised_email(text) if way == Way.EMAIL else normalised_phone(text)


def guessed(text: str) -> tuple[Way, str] | None:
    """Return the way and the contact of an address or number that was written without being asked for."""
    for way in (Way.EMAIL, Way.PHONE):
        try:
            return way, normalised(way, text)
        except (BadEmail, BadPhone):
            continue
    return None


def shown(way: str, contact: str | None) -> str:
    """Return a kept contact as a person in Germany reads it; empty without one."""
    if contact is None or way != Way.PHONE:
        return contact or ""
    number = phonenumbers.parse(contact, HOME)
    home = number.country_code == HOME_CODE
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)
